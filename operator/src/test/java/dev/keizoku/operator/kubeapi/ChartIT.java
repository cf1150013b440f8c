package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart: rendered by helm, taken by a real API server, its pods admitted as restricted. */
class ChartIT {
  @BeforeAll
  static void findHelm() {
    HelmChart.assumeHelm();
  }

  private static HelmChart.Output helm(String... arguments)
      throws IOException, InterruptedException {
    return HelmChart.helm(arguments);
  }

  private static List<HasMetadata> rendered(String namespace, String... values)
      throws IOException, InterruptedException {
    return HelmChart.rendered(namespace, values);
  }

  @Test
  void lintFindsNothing() throws Exception {
    var output =
        helm("lint", HelmChart.FOLDER.toString(), "--strict", "--set", "minio.enabled=true");
    assertThat(output.exitCode()).as(output.text()).isZero();
  }

  @Test
  void aWrongValueIsRefused() throws Exception {
    var output =
        helm(
            "template",
            HelmChart.FOLDER.toString(),
            "--kube-version",
            HelmChart.kubeVersion(),
            "--set",
            "storage.bucket=A");
    assertThat(output.exitCode()).isNotZero();
    assertThat(output.text()).contains("bucket");
  }

  @Test
  void everyPodIsAdmittedAsRestricted() throws Exception {
    var client = KubeApi.get().admin();
    var namespace = KubeApi.get().newNamespace();
    for (var item : rendered(namespace, "minio.enabled=true", "networkPolicy.enabled=true")) {
      client.resource(item).inNamespace(namespace).dryRun().serverSideApply();
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

  /** The integration tests run without helm with rules cut out of the template: these are they. */
  @Test
  void theRightsAreThoseThatTheTestsRunWith() throws Exception {
    var role =
        rendered("keizoku-system", "kueue.priorityBoost=30").stream()
            .filter(ClusterRole.class::isInstance)
            .filter(item -> item.getMetadata().getName().equals("keizoku-operator"))
            .map(ClusterRole.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(role.getRules()).isEqualTo(KubeApi.chartRules());
  }

  @Test
  void theApiServerGrantsTheOperatorItsWorkAndNothingNearIt() throws Exception {
    var home = KubeApi.get().newNamespace();
    var elsewhere = KubeApi.get().newNamespace();
    HelmChart.grant(home);
    for (var namespace : List.of(home, elsewhere)) {
      assertThat(mayIn(namespace, home, WORK)).containsOnly(true);
      assertThat(mayIn(namespace, home, BEYOND)).containsOnly(false);
    }
    assertThat(may(home, null, "", "namespaces", "delete")).isFalse();
    assertThat(may(home, null, "apiextensions.k8s.io", "customresourcedefinitions", "get"))
        .isFalse();
  }

  @Test
  void trainerAndEvalMayBeThoseForGpus() throws Exception {
    var images = List.of("images.trainer.variant=cuda", "images.eval.variant=cuda");
    var operator = rendered("keizoku-system", images.toArray(String[]::new));
    assertThat(HelmChart.environment(operator, "KEIZOKU_IMAGES_TRAINER"))
        .matches("keizoku/trainer:.+-cuda");
    assertThat(HelmChart.environment(operator, "KEIZOKU_IMAGES_EVAL"))
        .matches("keizoku/eval:.+-cuda");
    assertThat(HelmChart.environment(operator, "KEIZOKU_IMAGES_CORPUS")).doesNotContain("cuda");
  }

  @Test
  void namespacesInsteadOfTheClusterNeedNoClusterRole() throws Exception {
    var home = KubeApi.get().newNamespace();
    var team = KubeApi.get().newNamespace();
    var other = KubeApi.get().newNamespace();
    var values = new String[] {"watch.namespaces={%s}".formatted(team), "rbac.userRoles=false"};
    assertThat(rendered(home, values))
        .noneMatch(ClusterRole.class::isInstance)
        .noneMatch(ClusterRoleBinding.class::isInstance);
    HelmChart.grant(home, values);
    assertThat(mayIn(team, home, WORK)).containsOnly(true);
    assertThat(mayIn(team, home, BEYOND)).containsOnly(false);
    assertThat(mayIn(other, home, WORK)).containsOnly(false);
    assertThat(HelmChart.environment(rendered(home, values), "QUARKUS_OPERATOR_SDK_NAMESPACES"))
        .isEqualTo(team);
  }

  /**
   * Its watches are waited for one level after the other; the others' runs must not wait for ever.
   */
  @Test
  void aStartHasTimeForANamespaceThatIsGone() throws Exception {
    var probe =
        rendered("keizoku-system").stream()
            .filter(Deployment.class::isInstance)
            .map(item -> template(item).getSpec().getContainers().getFirst().getStartupProbe())
            .findFirst()
            .orElseThrow();
    var installed = new Properties();
    try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
      installed.load(file);
    }
    var patience =
        DurationConverter.parseDuration(
            installed.getProperty("quarkus.operator-sdk.cache-sync-timeout"));
    assertThat(Duration.ofSeconds((long) probe.getPeriodSeconds() * probe.getFailureThreshold()))
        .isGreaterThan(patience.multipliedBy(4));
  }

  @Test
  void onlyTheOperatorReachesARunWherePoliciesAreOn() throws Exception {
    var team = KubeApi.get().newNamespace();
    var items =
        rendered(
            "keizoku-system",
            "networkPolicy.enabled=true",
            "networkPolicy.runNamespaces={%s}".formatted(team));
    var closes =
        items.stream()
            .filter(NetworkPolicy.class::isInstance)
            .filter(item -> team.equals(item.getMetadata().getNamespace()))
            .map(NetworkPolicy.class::cast)
            .toList();
    assertThat(closes).hasSize(1);
    var policy = KubeApi.get().admin().resource(closes.getFirst()).dryRun().create().getSpec();
    assertThat(policy.getPodSelector().getMatchLabels())
        .containsExactly(Map.entry("app.kubernetes.io/managed-by", "keizoku-operator"));
    var from = policy.getIngress().getFirst().getFrom().getFirst();
    assertThat(from.getNamespaceSelector().getMatchLabels())
        .containsEntry("kubernetes.io/metadata.name", "keizoku-system");
    var operator =
        items.stream().filter(Deployment.class::isInstance).findFirst().map(ChartIT::template);
    assertThat(operator.orElseThrow().getMetadata().getLabels())
        .containsAllEntriesOf(from.getPodSelector().getMatchLabels());
    assertThat(policy.getEgress()).isEmpty();
    assertThat(policy.getPolicyTypes()).containsExactly("Ingress");
  }

  @Test
  void severalOperatorsShareALeaseOfTheirRelease() throws Exception {
    var namespace = KubeApi.get().newNamespace();
    var items = rendered(namespace, "operator.replicas=2");
    assertThat(items)
        .filteredOn(PodDisruptionBudget.class::isInstance)
        .singleElement()
        .satisfies(
            budget ->
                KubeApi.get().admin().resource(budget).inNamespace(namespace).dryRun().create());
    assertThat(rendered(namespace)).noneMatch(PodDisruptionBudget.class::isInstance);
    var lease = HelmChart.environment(items, "KEIZOKU_LEASE");
    assertThat(items)
        .filteredOn(Role.class::isInstance)
        .flatExtracting(role -> ((Role) role).getRules())
        .flatExtracting(PolicyRule::getResourceNames)
        .containsExactly(lease);
  }

  private record Call(String group, String resource, String verb) {}

  private static final List<Call> WORK =
      List.of(
          new Call("keizoku.dev", "fincorpora", "watch"),
          new Call("keizoku.dev", "continualpretrains/status", "patch"),
          new Call("keizoku.dev", "benchmarkevals", "patch"),
          new Call("batch", "jobs", "create"),
          new Call("batch", "jobs", "delete"),
          new Call("", "configmaps", "create"),
          new Call("", "pods", "watch"),
          new Call("", "pods", "create"),
          new Call("", "events", "create"));

  private static final List<Call> BEYOND =
      List.of(
          new Call("", "secrets", "get"),
          new Call("", "secrets", "list"),
          new Call("", "pods", "delete"),
          new Call("", "pods/exec", "create"),
          new Call("", "configmaps", "update"),
          new Call("", "serviceaccounts/token", "create"),
          new Call("batch", "jobs", "update"),
          new Call("apps", "deployments", "get"),
          new Call("keizoku.dev", "fincorpora", "delete"),
          new Call("keizoku.dev", "fincorpora", "create"),
          new Call("rbac.authorization.k8s.io", "roles", "create"));

  private static List<Boolean> mayIn(String namespace, String home, List<Call> calls) {
    return calls.stream()
        .map(call -> may(home, namespace, call.group(), call.resource(), call.verb()))
        .toList();
  }

  /** Asks the API server's own authorizer about the operator of the release in {@code home}. */
  private static boolean may(
      String home, String namespace, String group, String resource, String verb) {
    var parts = resource.split("/");
    var review =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:%s:keizoku-operator".formatted(home))
            .withNewResourceAttributes()
            .withNamespace(namespace)
            .withGroup(group)
            .withResource(parts[0])
            .withSubresource(parts.length > 1 ? parts[1] : null)
            .withVerb(verb)
            .endResourceAttributes()
            .endSpec()
            .build();
    return KubeApi.get().admin().resource(review).create().getStatus().getAllowed();
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
