package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whom the operator believes, what survives an upgrade of it, and what tries a run again. */
class TrustIT {
  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void anAnswerThatIsNoneDoesNotHoldTheRun() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.program.answers("{}");
    Awaitility.await().until(() -> scene.program.asked() > 3);
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"suspend\":true}}");
    scene.awaitReason(FinCorpus.class, "finance", "Stopping");
    scene.pods.remove(pod);
    scene.awaitReason(FinCorpus.class, "finance", "Suspended");
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUp() {
    scene.program.stallsOnce();
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.program.answers("{\"runUid\":\"%s\",\"stage\":\"tokenize\",\"step\":7}".formatted(uid));
    Awaitility.await().until(() -> scene.program.asked() > 0);
    var told = scene.await(FinCorpus.class, "finance", c -> c.runStatus().progress() != null);
    assertThat(told.runStatus().progress().step()).isEqualTo(7);
  }

  @Test
  void aSidecarNeitherHidesTheEndNorKeepsThePod() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.pods.endBesideASidecar(pod, scene.corpusReport(uid, "abab"));
    var done = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(done.getStatus().corpus().version()).isEqualTo("abab");
    // With its Job the pod goes, which nothing else would end.
    Awaitility.await().until(() -> scene.jobs.jobs("finance").isEmpty());
    assertThat(scene.get(FinCorpus.class, "finance").runStatus().phase())
        .isEqualTo(Phase.SUCCEEDED);
  }

  @Test
  void anUpgradeChangesNoRun() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var first = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.stopOperator();
    scene.startOperator(
        Map.of(
            "keizoku.images.corpus", "keizoku/corpus:next",
            "keizoku.storage.endpoint", "http://elsewhere:9000",
            "keizoku.storage.secret-name", "other-keys"));
    scene.jobs.end(first, 1, "Exception: first");
    var second = scene.jobs.awaitJob("finance", 2).getSpec().getTemplate().getSpec();
    var before = first.getSpec().getContainers().getFirst();
    var after = second.getContainers().getFirst();
    // To the byte, even when somebody has pushed another image under the same tag.
    assertThat(before.getImage()).isEqualTo("keizoku/corpus:test");
    assertThat(after.getImage()).isEqualTo("keizoku/corpus@" + FakeContainers.DIGEST);
    var pinned = scene.get(FinCorpus.class, "finance").runStatus();
    assertThat(pinned.pinned().operatorVersion()).isEqualTo("test");
    assertThat(pinned.attempts().getFirst().image())
        .isEqualTo("docker.io/keizoku/corpus@" + FakeContainers.DIGEST);
    // Which attempt it is stands in the last one.
    var told = before.getEnv().size() - 1;
    assertThat(after.getEnv().subList(0, told)).isEqualTo(before.getEnv().subList(0, told));
    assertThat(after.getEnv().get(told).getValue()).isEqualTo("1.2");
    assertThat(second.getVolumes().getFirst().getConfigMap().getName())
        .isEqualTo(first.getSpec().getVolumes().getFirst().getConfigMap().getName());
    scene.apply(FinCorpus.class, Manifests.CORPUS.replace("name: finance", "name: later"));
    assertThat(
            scene
                .jobs
                .awaitJob("later", 1)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage())
        .isEqualTo("keizoku/corpus:next");
  }

  @Test
  void whatKeepsTheOperatorFromItsWorkIsInTheStatus() {
    scene.beforeEachStatus(
        () -> {
          throw new IllegalStateException("the API server's disk is full");
        },
        2);
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var told = scene.awaitReason(FinCorpus.class, "finance", "ReconcileFailed");
    assertThat(told.runStatus().message()).contains("goes on trying", "disk is full");
    scene.jobs.awaitJob("finance", 1);
    scene.awaitReason(FinCorpus.class, "finance", "PodStarting");
  }
}
