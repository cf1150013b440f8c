package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.OperatorLiveness;
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
}
