package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.OperatorLiveness;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An installation without any cluster role, one of whose namespaces is gone with its rights. */
class ServedNamespacesIT {
  @RegisterExtension private final Scene scene = new Scene();

  private final String home = KubeApi.get().newNamespace();
  private final String gone = KubeApi.get().newNamespace();
  private String[] values;

  @BeforeEach
  void install() throws Exception {
    HelmChart.assumeHelm();
    scene.stopOperator();
    values =
        new String[] {
          "watch.namespaces={%s,%s}".formatted(scene.namespace, gone), "rbac.userRoles=false"
        };
    HelmChart.grant(home, values);
    scene.client.rbac().roleBindings().inNamespace(gone).withName("keizoku-operator").delete();
  }

  @Test
  void anotherOnesEndStopsNobodyAndIsNoReasonToStartAnew() throws Exception {
    try (var operator =
        OperatorUnderTest.of(home, scene.program.port(), Set.of(scene.namespace, gone))) {
      scene.apply(FinCorpus.class, Manifests.CORPUS);
      scene.jobs.awaitJob("finance", 1);
      assertThat(OperatorLiveness.deafTo(operator.seen())).containsExactly(gone);
      try (var client = KubeApi.get().operatorOf(home)) {
        assertThat(OperatorLiveness.refuses(client, gone)).isTrue();
        assertThat(OperatorLiveness.refuses(client, scene.namespace)).isFalse();
      }

      // One that is made again is served again, by the operator that is there.
      HelmChart.grant(home, values);
      var corpus = Serialization.unmarshal(Manifests.CORPUS, FinCorpus.class);
      scene.client.resource(corpus).inNamespace(gone).create();
      var jobs = new FakeJobs(scene.client, gone);
      // A watch is tried again after pauses that grow.
      Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> !jobs.jobs("finance").isEmpty());
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> OperatorLiveness.deafTo(operator.seen()).isEmpty());
    }
  }

  /** As the namespace controller deletes: the operator's rights may go before the runs do. */
  @Test
  void whatADeletedNamespaceHoldsWaitsForNoOperator() throws Exception {
    try (var operator = OperatorUnderTest.of(home, scene.program.port(), Set.of(scene.namespace))) {
      assertThat(operator.seen().isStarted()).isTrue();
      scene.apply(FinCorpus.class, Manifests.CORPUS);
      scene.jobs.start("finance", 1);
      scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
      scene
          .client
          .rbac()
          .roleBindings()
          .inNamespace(scene.namespace)
          .withName("keizoku-operator")
          .delete();
      try (var client = KubeApi.get().operatorOf(home)) {
        Awaitility.await().until(() -> OperatorLiveness.refuses(client, scene.namespace));
      }
      scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
      assertThat(scene.get(FinCorpus.class, "finance")).isNull();
    }
  }

  /** An operator whose time for reading Jobs was over before they came. */
  @Test
  void whatHasNotBeenReadIsNotTakenForGone() throws Exception {
    scene.startOperator();
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.stopOperator();
    role().edit(ServedNamespacesIT::withoutJobs);
    try (var operator = OperatorUnderTest.of(home, scene.program.port(), Set.of(scene.namespace))) {
      assertThat(operator.seen().isStarted()).isTrue();
      scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"backoffLimit\":5}}");
      Awaitility.await()
          .during(Duration.ofSeconds(4))
          .until(() -> scene.get(FinCorpus.class, "finance").runStatus().openAttempt().isPresent());
      role().delete();
      HelmChart.grant(home, values);
      var seen =
          Awaitility.await()
              .atMost(Duration.ofMinutes(5))
              .until(
                  () -> scene.get(FinCorpus.class, "finance").runStatus(),
                  status -> Long.valueOf(2).equals(status.observedGeneration()));
      assertThat(seen.phase()).isEqualTo(Phase.RUNNING);
      assertThat(seen.attempts()).hasSize(1);
    }
  }

  private Resource<Role> role() {
    return scene.client.rbac().roles().inNamespace(scene.namespace).withName("keizoku-operator");
  }

  private static Role withoutJobs(Role role) {
    role.getRules().removeIf(rule -> rule.getResources().contains("jobs"));
    return role;
  }
}
