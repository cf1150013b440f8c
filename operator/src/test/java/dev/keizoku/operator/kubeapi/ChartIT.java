package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart: rendered by helm, taken by a real API server, its pods admitted as restricted. */
class ChartIT {
  private static final Path CHART = Path.of("../charts/keizoku");
  private static String helm;

  @BeforeAll
  static void findHelm() {
    helm =
        Stream.of(System.getProperty("helm", ""), "/usr/local/bin/helm", "/usr/bin/helm")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(helm != null, "skipped: helm is not installed (make install builds it)");
  }

  private record Output(int exitCode, String text) {}

  private static Output helm(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(helm));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  private static List<HasMetadata> rendered(String namespace, String... values)
      throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "template",
                "keizoku",
                CHART.toString(),
                "--namespace",
                namespace,
                "--kube-version",
                "1.35.4"));
    Stream.of(values).forEach(value -> arguments.addAll(List.of("--set", value)));
    var output = helm(arguments.toArray(String[]::new));
    assertThat(output.exitCode()).as(output.text()).isZero();
    return KubeApi.get()
        .admin()
        .load(new ByteArrayInputStream(output.text().getBytes(StandardCharsets.UTF_8)))
        .items();
  }

  @Test
  void lintFindsNothing() throws Exception {
    var output = helm("lint", CHART.toString(), "--strict", "--set", "minio.enabled=true");
    assertThat(output.exitCode()).as(output.text()).isZero();
  }

  @Test
  void aWrongValueIsRefused() throws Exception {
    var output =
        helm("template", CHART.toString(), "--kube-version", "1.35.4", "--set", "storage.bucket=A");
    assertThat(output.exitCode()).isNotZero();
    assertThat(output.text()).contains("bucket");
  }

  @Test
  void everyPodIsAdmittedAsRestricted() throws Exception {
    var client = KubeApi.get().admin();
    var namespace = KubeApi.get().newNamespace();
    for (var item : rendered(namespace, "minio.enabled=true", "networkPolicy.enabled=true")) {
      client.resource(item).inNamespace(namespace).dryRun().create();
      var template = template(item);
      if (template != null) {
        var pod =
            new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .withNamespace(namespace)
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
        client.resource(pod).dryRun().create();
      }
    }
  }

  @Test
  void theRightsAreThoseThatTheTestsRunWith() throws Exception {
    var role =
        rendered("keizoku-system").stream()
            .filter(ClusterRole.class::isInstance)
            .filter(item -> item.getMetadata().getName().equals("keizoku-operator"))
            .map(ClusterRole.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(role.getRules()).isEqualTo(KubeApi.chartRules());
    assertThat(role.getRules())
        .allSatisfy(
            rule -> {
              assertThat(rule.getResources()).doesNotContain("*", "secrets");
              assertThat(rule.getVerbs()).doesNotContain("*");
            });
  }

  @Test
  void trainerAndEvalMayBeThoseForGpus() throws Exception {
    var images = List.of("images.trainer.variant=cuda", "images.eval.variant=cuda");
    var operator = operator(rendered("keizoku-system", images.toArray(String[]::new)));
    assertThat(environment(operator, "KEIZOKU_IMAGES_TRAINER")).matches("keizoku/trainer:.+-cuda");
    assertThat(environment(operator, "KEIZOKU_IMAGES_EVAL")).matches("keizoku/eval:.+-cuda");
    assertThat(environment(operator, "KEIZOKU_IMAGES_CORPUS")).doesNotContain("cuda");
  }

  @Test
  void namespacesInsteadOfTheClusterNeedNoClusterRole() throws Exception {
    var items = rendered("keizoku-system", "watch.namespaces={team-a,team-b}");
    assertThat(items)
        .filteredOn(ClusterRole.class::isInstance)
        .extracting(item -> item.getMetadata().getName())
        .containsExactlyInAnyOrder("keizoku-edit", "keizoku-view");
    assertThat(environment(operator(items), "QUARKUS_OPERATOR_SDK_NAMESPACES"))
        .isEqualTo("team-a,team-b");
  }

  private static Container operator(List<HasMetadata> items) {
    return items.stream()
        .filter(Deployment.class::isInstance)
        .map(item -> template(item).getSpec().getContainers().getFirst())
        .findFirst()
        .orElseThrow();
  }

  private static String environment(Container container, String name) {
    return container.getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static PodTemplateSpec template(HasMetadata item) {
    return switch (item) {
      case Deployment deployment -> deployment.getSpec().getTemplate();
      case StatefulSet set -> set.getSpec().getTemplate();
      case Job job -> job.getSpec().getTemplate();
      default -> null;
    };
  }
}
