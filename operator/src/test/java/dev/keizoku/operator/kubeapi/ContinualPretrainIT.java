package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.train.Guards;
import dev.keizoku.contract.train.SamplePrompts;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that waits, starts, is interrupted, suspended and resumed, and ends. */
class ContinualPretrainIT {
  @RegisterExtension private final Scene scene = new Scene();

  private void buildCorpus() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  private ProgressReport progress(long step, ProgressReport.Notice... notices) {
    var uid = scene.get(ContinualPretrain.class, "tuned").runStatus().runUid();
    return new ProgressReport(
        uid,
        "train",
        step,
        100L,
        "steps",
        192L,
        Map.of("loss", 3.4567),
        20L,
        Instant.now().toString(),
        List.of(notices));
  }

  @Test
  void itWaitsForItsCorpusAndStartsByItself() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var waiting = scene.awaitReason(ContinualPretrain.class, "tuned", "CorpusNotFound");
    assertThat(waiting.runStatus().condition("InputsReady").orElseThrow().message())
        .contains("FinCorpus finance")
        .contains("create it");
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.awaitReason(ContinualPretrain.class, "tuned", "CorpusNotReady");
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));

    scene.plan("tuned");
    scene.jobs.awaitJob("tuned", 1);
    var started = scene.get(ContinualPretrain.class, "tuned").runStatus();
    assertThat(started.inputs())
        .anySatisfy(
            input -> {
              assertThat(input.name()).isEqualTo("finance");
              assertThat(input.sha256()).isEqualTo(Manifests.digest("abab"));
              assertThat(input.uri()).endsWith("/versions/abab/manifest.json");
            });
  }

  @Test
  void progressAndCheckpointsAreShown() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN);
    var pod = scene.jobs.start("tuned", 1);
    scene.program.says(progress(24));
    var told =
        scene.await(ContinualPretrain.class, "tuned", r -> r.runStatus().lastCheckpoint() != null);
    var columns = told.getStatus().columns();
    assertThat(columns.step()).isEqualTo("24/100");
    assertThat(columns.progress()).isEqualTo("24%");
    assertThat(columns.loss()).isEqualTo("3.4567");
    assertThat(columns.eta()).isEqualTo("3m12s");
    assertThat(columns.gpus()).isEqualTo("4 (cpu)");
    assertThat(told.runStatus().condition("CheckpointSaved").orElseThrow().isTrue()).isTrue();

    scene.jobs.end(pod, 0, scene.trainReport(told.runStatus().runUid()));
    var done = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED);
    assertThat(done.getStatus().training().perplexity().getFirst().after()).isEqualTo(120.25);
    assertThat(done.getStatus().columns().step()).isEqualTo("100/100");
    assertThat(done.runStatus().lastAttempt().map(Attempt::resumedFromStep)).contains(50L);
    assertThat(done.runStatus().lastCheckpoint().step()).isEqualTo(100);
    assertThat(done.runStatus().condition("CheckpointSaved").orElseThrow().message())
        .contains("step 100");
  }

  @Test
  void aCheckpointIsAskedForByAnnotation() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN);
    var pod = scene.jobs.start("tuned", 1);
    scene.program.says(progress(24));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    assertThat(scene.program.query()).isNull();
    scene.patch(
        ContinualPretrain.class,
        "tuned",
        "{\"metadata\":{\"annotations\":{\"keizoku.dev/checkpoint\":\"before & after\"}}}");
    Awaitility.await().until(() -> "checkpoint=before+&+after".equals(scene.program.query()));

    // The next attempt does not save again for what was asked of this one.
    scene.jobs.end(pod, 75, "Exception: first");
    var next = scene.jobs.awaitJob("tuned", 2);
    assertThat(next.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv())
        .contains(new EnvVar("KEIZOKU_CHECKPOINT", "before & after", null));
  }

  @Test
  void whatTheProgramNoticesBecomesOneEvent() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN);
    scene.jobs.start("tuned", 1);
    var skipped =
        new ProgressReport.Notice(
            "2026-01-01T00:00:00Z",
            "CheckpointSkipped",
            "The checkpoint of step 20 is damaged; going on from the one before.");
    scene.program.says(progress(24, skipped));
    scene.await(
        ContinualPretrain.class,
        "tuned",
        r -> r.runStatus().progress() != null && r.runStatus().progress().notices() != null);
    scene.program.says(progress(25, skipped));
    scene.await(ContinualPretrain.class, "tuned", r -> r.runStatus().progress().step().equals(25L));
    assertThat(scene.events("tuned", "CheckpointSkipped"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getType()).isEqualTo("Warning");
              assertThat(event.getMessage()).isEqualTo(skipped.message());
            });
  }

  @Test
  void theRunFileHasGuardsPackingSamplePromptsAndExport() {
    buildCorpus();
    scene.applyPlanned(
        Manifests.PRETRAIN.replace(
            "spec:\n",
            """
            spec:
              evaluationSteps: 50
              guards:
                lossSpike: {threshold: 6}
                forgetting: {heldOut: finance, maxIncrease: 0.2, action: LowerLearningRate}
              packing: {crossDocuments: true}
              export: best
            """));
    scene.jobs.awaitJob("tuned", 1);
    var file = scene.runFile("tuned", TrainRun.class);
    assertThat(file.guards().lossSpike()).isEqualTo(new Guards.LossSpike(128, 6.0, 3));
    assertThat(file.guards().forgetting())
        .isEqualTo(
            new Guards.Forgetting("finance", 0.2, Guards.OnForgetting.LOWER_LEARNING_RATE, 0.5, 3));
    assertThat(file.packing().crossDocuments()).isTrue();
    assertThat(file.samplePrompts()).isEqualTo(new SamplePrompts(null, 32));
    assertThat(file.checkpoint().keepBest()).isEqualTo(1);
    assertThat(file.training().export()).isEqualTo(Training.Export.BEST);
  }

  @Test
  void aLostPodIsReplacedAndItsOwnFaultsAreCounted() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN.replace("spec:\n", "spec:\n  backoffLimit: 1\n"));
    var evicted = scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    scene.jobs.evict(evicted, Manifests.saved(scene.uid("tuned"), 40));
    scene.jobs.end(scene.jobs.start("tuned", 2), 1, "Exception: first");
    scene.jobs.end(scene.jobs.start("tuned", 3), 75, "Exception: second");
    var failed = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.FAILED).runStatus();
    assertThat(failed.attempts()).hasSize(3);
    assertThat(failed.attempts())
        .extracting(Attempt::reason, Attempt::exitCode, Attempt::counted)
        .containsExactly(
            tuple("EvictionByEvictionAPI", 143, false),
            tuple("ProgramFailed", 1, true),
            tuple("ProgramFailed", 75, true));
    assertThat(failed.attempts().getFirst().pod()).isEqualTo(evicted.getMetadata().getName());
    assertThat(failed.lastCheckpoint().step()).isEqualTo(40);
    assertThat(failed.failures()).isEqualTo(2);
    assertThat(failed.message()).contains("2 attempts failed").contains("second");
    assertThat(failed.condition("Stalled").orElseThrow().isTrue()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"spec":{"suspend":true}} | {"spec":{"suspend":false}}
          {"metadata":{"annotations":{"keizoku.dev/suspend":"true"}}} | {"metadata":{"annotations":{"keizoku.dev/suspend":null}}}
          """)
  void suspendingFreesThePodAndResumingGoesOn(String suspend, String resume) {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN);
    var pod = scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    scene.patch(ContinualPretrain.class, "tuned", suspend);
    scene.awaitReason(ContinualPretrain.class, "tuned", "Stopping");
    Awaitility.await().until(() -> scene.jobs.attempts("tuned").isEmpty());
    scene.jobs.end(pod, 143, Manifests.saved(scene.uid("tuned"), 60));
    var suspended = scene.awaitReason(ContinualPretrain.class, "tuned", "Suspended").runStatus();
    assertThat(suspended.lastCheckpoint().step()).isEqualTo(60);
    scene.pods.remove(pod);
    scene.patch(ContinualPretrain.class, "tuned", resume);
    scene.jobs.start("tuned", 2);
    var resumed = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING).runStatus();
    assertThat(resumed.failures()).isZero();
  }

  @Test
  void aSuspendedRunGoesOnOnFewerDevicesAfterItIsPlannedAgain() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN);
    var pod = scene.jobs.start("tuned", 1);
    var before = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING).runStatus();
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"suspend\":true}}");
    Awaitility.await().until(() -> scene.jobs.attempts("tuned").isEmpty());
    scene.jobs.end(pod, 143, null);
    scene.pods.remove(pod);
    scene.awaitReason(ContinualPretrain.class, "tuned", "Suspended");
    scene.patch(
        ContinualPretrain.class,
        "tuned",
        "{\"spec\":{\"parallelism\":{\"devices\":2,\"zeroStage\":3},\"microBatchSize\":4}}");
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"suspend\":false}}");
    scene.awaitReason(ContinualPretrain.class, "tuned", "Planning");
    assertThat(scene.jobs.attempts("tuned")).isEmpty();
    scene.plan("tuned");

    scene.jobs.start("tuned", 2);
    var after = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING).runStatus();
    assertThat(after.runUid()).isEqualTo(before.runUid());
    assertThat(after.output()).isEqualTo(before.output());
    assertThat(after.inputs()).isEqualTo(before.inputs());
    var volume =
        scene.jobs.awaitJob("tuned", 2).getSpec().getTemplate().getSpec().getVolumes().stream()
            .filter(v -> v.getConfigMap() != null)
            .findFirst()
            .orElseThrow();
    var file = scene.runFileOf(volume.getConfigMap().getName(), TrainRun.class);
    assertThat(file.parallelism().devices()).isEqualTo(2);
    assertThat(file.parallelism().zeroStage()).isEqualTo(3);
    assertThat(file.training().microBatchSize()).isEqualTo(4);
    assertThat(scene.get(ContinualPretrain.class, "tuned").getStatus().columns().gpus())
        .isEqualTo("2 (cpu)");
  }

  @Test
  void aMissingSecretIsASentence() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN);
    var pod = scene.jobs.start("tuned", 1);
    scene.pods.waiting(pod, "CreateContainerConfigError", "secret \"keizoku-storage\" not found");
    var waiting = scene.awaitReason(ContinualPretrain.class, "tuned", "CreateContainerConfigError");
    assertThat(waiting.runStatus().message()).contains("secret \"keizoku-storage\" not found");
  }

  @Test
  void gpusAreAskedForUnlessThePodTemplateSaysSo() {
    buildCorpus();
    scene.applyPlanned(Manifests.PRETRAIN.replace("deviceType: cpu", "deviceType: gpu"));
    var container =
        scene
            .jobs
            .awaitJob("tuned", 1)
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst();
    assertThat(container.getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("4"));
  }

  @Test
  void theDeadlineStopsTheRun() {
    buildCorpus();
    scene.applyPlanned(
        Manifests.PRETRAIN.replace("spec:\n", "spec:\n  activeDeadlineSeconds: 2\n"));
    scene.jobs.start("tuned", 1);
    var failed = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.FAILED).runStatus();
    assertThat(failed.message()).contains("activeDeadlineSeconds = 2");
    Awaitility.await().until(() -> scene.jobs.attempts("tuned").isEmpty());
  }
}
