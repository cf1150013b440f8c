package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The chart, rendered by helm for the API server of the tests. */
final class HelmChart {
  static final Path FOLDER = Path.of("../charts/keizoku");

  private HelmChart() {}

  record Output(int exitCode, String text) {}

  private static String binary() {
    return Stream.of(System.getProperty("helm", ""), "/usr/local/bin/helm", "/usr/bin/helm")
        .filter(path -> Files.isRegularFile(Path.of(path)) && Files.isExecutable(Path.of(path)))
        .findFirst()
        .orElse(null);
  }

  static void assumeHelm() {
    Assumptions.assumeTrue(
        binary() != null, "skipped: helm is not installed (make install builds it)");
  }

  static Output helm(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(binary()));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  /** The server's: what the chart is rendered for is what takes it. */
  static String kubeVersion() {
    return KubeApi.get().admin().getKubernetesVersion().getGitVersion();
  }

  /** What a release of that namespace and those values consists of. */
  static List<HasMetadata> rendered(String namespace, String... values)
      throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "template",
                "keizoku",
                FOLDER.toString(),
                "--namespace",
                namespace,
                "--kube-version",
                kubeVersion()));
    Stream.of(values).forEach(value -> arguments.addAll(List.of("--set", value)));
    var output = helm(arguments.toArray(String[]::new));
    assertThat(output.exitCode()).as(output.text()).isZero();
    return KubeApi.get()
        .admin()
        .load(new ByteArrayInputStream(output.text().getBytes(StandardCharsets.UTF_8)))
        .items();
  }

  /** What helm says of an upgrade on the real API server, which it changes nothing of. */
  static Output tried(Path folder, String... values) throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "upgrade",
                "--install",
                // Of a name that no other test gives to roles of the cluster.
                "tried",
                FOLDER.toString(),
                "--namespace",
                "default",
                "--skip-crds",
                "--dry-run=server",
                "--kubeconfig",
                KubeApi.get().kubeconfigFile(folder).toString()));
    Stream.of(values).forEach(value -> arguments.addAll(List.of("--set", value)));
    return helm(arguments.toArray(String[]::new));
  }

  /** What the operator of that release is told in that variable. */
  static String environment(List<HasMetadata> release, String variable) {
    return release.stream()
        .filter(Deployment.class::isInstance)
        .map(item -> ((Deployment) item).getSpec().getTemplate().getSpec().getContainers())
        .flatMap(containers -> containers.getFirst().getEnv().stream())
        .filter(entry -> entry.getName().equals(variable))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  /** Creates the rights that the chart renders for a release in that namespace. */
  static void grant(String home, String... values) throws IOException, InterruptedException {
    for (var item : rendered(home, values)) {
      switch (item) {
        case Role role -> create(role, home);
        case RoleBinding binding -> create(binding, home);
        case ClusterRole role -> create(role, home);
        case ClusterRoleBinding binding -> create(binding, home);
        default -> {}
      }
    }
  }

  private static void create(HasMetadata item, String home) {
    if (item.getMetadata().getNamespace() == null && item instanceof Namespaced) {
      item.getMetadata().setNamespace(home);
    }
    KubeApi.get().admin().resource(item).serverSideApply();
  }
}
