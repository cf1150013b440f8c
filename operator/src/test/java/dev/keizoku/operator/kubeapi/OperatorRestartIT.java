package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator that was away takes the run up where it stands, in each phase. */
class OperatorRestartIT {
  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void appliedWhileAway() {
    scene.stopOperator();
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.startOperator();
    scene.jobs.awaitJob("finance", 1);
  }

  @Test
  void theEndSeenLateFromTheTerminationMessage() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.stopOperator();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.startOperator();
    var done = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(done.getStatus().corpus().version()).isEqualTo("abab");
    assertThat(scene.jobs.jobs("finance")).hasSize(1);
  }

  @Test
  void aRunningJobIsLeftAlone() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.start("finance", 1);
    var before = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus();
    scene.stopOperator();
    scene.startOperator();
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"backoffLimit\":7}}");
    var after =
        scene.await(
            FinCorpus.class,
            "finance",
            c -> Long.valueOf(2).equals(c.runStatus().observedGeneration()));
    assertThat(after.runStatus().attempts()).isEqualTo(before.attempts());
    assertThat(scene.jobs.jobs("finance")).hasSize(1);
  }

  @Test
  void suspendedWhileAway() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.stopOperator();
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"suspend\":true}}");
    scene.startOperator();
    scene.awaitReason(FinCorpus.class, "finance", "Stopping");
    scene.pods.remove(pod);
    scene.awaitReason(FinCorpus.class, "finance", "Suspended");
    assertThat(scene.jobs.jobs("finance")).isEmpty();
  }

  @Test
  void theJobOrderedButNotYetMade() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var job = scene.jobs.awaitJob("finance", 1);
    scene.stopOperator();
    scene.client.resource(job).delete();
    scene.startOperator();
    scene.jobs.awaitJob("finance", 1);
    assertThat(scene.get(FinCorpus.class, "finance").runStatus().attempts()).hasSize(1);
  }
}
