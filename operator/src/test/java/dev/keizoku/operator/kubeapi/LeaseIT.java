package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several operators of an installation: who works, who stands by, and how one takes over. */
class LeaseIT {
  private static final String HOME = "keizoku-system";
  private static final String NAME = "keizoku-operator";

  @RegisterExtension private final Scene scene = new Scene();

  @BeforeEach
  void grant() throws Exception {
    HelmChart.assumeHelm();
    HelmChart.grant(HOME);
  }

  @AfterEach
  void forget() {
    scene.client.leases().inNamespace(HOME).withName(NAME).delete();
  }

  private Lease lease() {
    return scene.client.leases().inNamespace(HOME).withName(NAME).get();
  }

  private static String holder(Lease lease) {
    return lease == null ? "" : lease.getSpec().getHolderIdentity();
  }

  @Test
  void whoStandsByAsksNoProgramAndWorksAsSoonAsTheLeaseIsFree() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.stopOperator();
    var others = heldBySomebodyElse();
    try (var standby = OperatorUnderTest.withLease(scene.program.port())) {
      assertThat(standby.seen().isStarted()).isTrue();
      // Asks come five times a second.
      int before = scene.program.asked();
      Awaitility.await().during(Duration.ofSeconds(2)).until(() -> scene.program.asked() == before);
      scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"suspend\":true}}");
      scene.client.resource(others).delete();
      scene.awaitReason(FinCorpus.class, "finance", "Stopping");
    }
  }

  @Test
  void whoEndsGivesTheLeaseBack() {
    scene.stopOperator();
    var first = OperatorUnderTest.withLease(scene.program.port());
    try (first) {
      Awaitility.await().until(() -> !holder(lease()).isEmpty());
      scene.apply(FinCorpus.class, Manifests.CORPUS);
      scene.jobs.awaitJob("finance", 1);
    }
    assertThat(holder(lease())).isEmpty();
    assertThat(lease().getSpec().getLeaseDurationSeconds()).isEqualTo(1);
  }

  private Lease heldBySomebodyElse() {
    var now = ZonedDateTime.now(ZoneOffset.UTC);
    return scene
        .client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(HOME)
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("somebody-else")
                .withLeaseDurationSeconds(3_600)
                .withAcquireTime(now)
                .withRenewTime(now)
                .withLeaseTransitions(0)
                .endSpec()
                .build())
        .create();
  }
}
