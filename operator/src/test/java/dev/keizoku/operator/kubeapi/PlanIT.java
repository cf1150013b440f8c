package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A training is planned by a pod without devices before it holds one. */
class PlanIT {
  static final String ON_GPUS = Manifests.PRETRAIN.replace("deviceType: cpu", "deviceType: gpu");
  private static final String SENTENCE =
      "The run needs 90 GiB; it fits with parallelism.zeroStage: 3.";

  @RegisterExtension private final Scene scene = new Scene();

  @BeforeEach
  void begin() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.buildCorpus("abab", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  private void assertNoAttempt() {
    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> scene.jobs.attempts("tuned").isEmpty());
  }

  @Test
  void theRunBeginsWhenThePlanIsInItsStatus() {
    scene.apply(
        ContinualPretrain.class,
        ON_GPUS.replace("devices: 4", "devices: 4\n    deviceKind: A100-80GB"));
    var job = scene.jobs.awaitPlan("tuned");
    var planning = scene.awaitReason(ContinualPretrain.class, "tuned", "Planning").runStatus();
    assertThat(planning.phase()).isEqualTo(Phase.PENDING);
    assertThat(planning.condition("InputsReady").orElseThrow().isTrue()).isTrue();
    assertThat(planning.condition("Reconciling").orElseThrow().isTrue()).isTrue();
    assertThat(planning.startTime()).isNull();
    var container = FakeJobs.program(job);
    assertThat(container.getArgs())
        .containsExactly(
            "plan", "/etc/keizoku/run.yaml", "--pod-memory=8589934592", "--device=A100-80GB");
    assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
    assertThat(container.getEnv()).extracting(e -> e.getName()).contains("KEIZOKU_STORAGE_KEYS");
    var file =
        scene
            .client
            .configMaps()
            .inNamespace(scene.namespace)
            .withName(job.getMetadata().getName())
            .get();
    assertThat(file.getData().get("run.yaml"))
        .contains("/versions/abab/manifest.json\"")
        .contains("runUid: \"" + scene.uid("tuned") + "\"");
    assertNoAttempt();

    var pod = scene.jobs.start(job, "pod");
    scene.jobs.end(pod, 0, Manifests.planReport(scene.uid("tuned"), true, "Planned", "It fits."));
    var training = scene.jobs.awaitJob("tuned", 1);
    assertThat(FakeJobs.program(training).getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("4"));
    var plan = scene.get(ContinualPretrain.class, "tuned").getStatus().plan();
    assertThat(plan.fits()).isTrue();
    assertThat(plan.steps()).isEqualTo(100);
    assertThat(plan.memory().getFirst().part()).isEqualTo("parameters");
    assertThat(plan.corpora().getFirst().epochs()).isEqualTo(1.9);
    assertThat(scene.events("tuned", "Planned"))
        .singleElement()
        .satisfies(event -> assertThat(event.getMessage()).isEqualTo("It fits."))
        .satisfies(event -> assertThat(event.getType()).isEqualTo("Normal"));
  }

  @Test
  void aRunThatDoesNotFitIsRefusedAndCanBeEdited() {
    scene.apply(ContinualPretrain.class, ON_GPUS);
    var first = scene.jobs.awaitPlan("tuned");
    var report = Manifests.planReport(scene.uid("tuned"), false, "TooLittleMemory", SENTENCE);
    scene.jobs.end(scene.jobs.start(first, "pod"), 42, report);
    var refused = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.FAILED);
    var stalled = refused.runStatus().condition("Stalled").orElseThrow();
    assertThat(stalled.reason()).isEqualTo("TooLittleMemory");
    assertThat(stalled.message()).isEqualTo(SENTENCE);
    assertThat(refused.getStatus().plan().fits()).isFalse();
    assertThat(refused.runStatus().attempts()).isEmpty();
    assertNoAttempt();

    // Nothing has begun, so that the recipe may still change; another plan is made of it.
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"parallelism\":{\"zeroStage\":3}}}");
    var again = scene.awaitReason(ContinualPretrain.class, "tuned", "Planning");
    assertThat(again.getStatus().plan()).isNull();
    var second = scene.jobs.awaitPlan("tuned");
    assertThat(second.getMetadata().getName()).isNotEqualTo(first.getMetadata().getName());
    scene.plan("tuned");
    scene.jobs.awaitJob("tuned", 1);
    assertThat(scene.get(ContinualPretrain.class, "tuned").getStatus().plan().fits()).isTrue();
  }

  @Test
  void suspendingStopsThePlanAndResumingMakesAnother() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var pod = scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"suspend\":true}}");
    scene.awaitReason(ContinualPretrain.class, "tuned", "Suspended");
    Awaitility.await().until(() -> scene.jobs.jobs("tuned").isEmpty());
    scene.pods.remove(pod);
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"suspend\":false}}");
    scene.plan("tuned");
    scene.jobs.awaitJob("tuned", 1);
  }

  @Test
  void aPassingFaultIsTriedAgainByTheJobItself() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var job = scene.jobs.awaitPlan("tuned");
    assertThat(job.getSpec().getBackoffLimit()).isEqualTo(3);
    var fault = Manifests.failure(scene.uid("tuned"), "StorageAway", "MinIO does not answer.");
    scene.pods.exit(scene.jobs.start(job, "pod"), 75, fault);
    var waiting =
        scene.await(
            ContinualPretrain.class,
            "tuned",
            r ->
                r.runStatus().message() != null && r.runStatus().message().contains("tried again"));
    assertThat(waiting.runStatus().message()).contains("StorageAway: MinIO does not answer.");
    assertThat(waiting.runStatus().phase()).isEqualTo(Phase.PENDING);
    // Pods are told apart by the second in which they were made.
    Awaitility.await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
    var report = Manifests.planReport(scene.uid("tuned"), true, "Planned", "It fits.");
    scene.jobs.end(scene.jobs.start(job, "again"), 0, report);
    scene.jobs.awaitJob("tuned", 1);
    assertThat(scene.get(ContinualPretrain.class, "tuned").runStatus().failures()).isZero();
  }

  @Test
  void aJobThatGivesUpStallsTheRun() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var pod = scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    scene.jobs.end(pod, 75, Manifests.failure(scene.uid("tuned"), "StorageAway", "No answer."));
    var failed = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.FAILED).runStatus();
    assertThat(failed.condition("Stalled").orElseThrow().reason()).isEqualTo("PlanFailed");
    assertThat(failed.message()).contains("StorageAway: No answer.");
    assertNoAttempt();
  }

  @Test
  void anotherAttemptGoesStraightOn() {
    scene.applyPlanned(Manifests.PRETRAIN);
    scene.jobs.end(scene.jobs.start("tuned", 1), 1, "Exception: first");
    scene.jobs.awaitJob("tuned", 2);
    assertThat(scene.jobs.jobs("tuned")).hasSize(3);
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"suspend\":true}}");
    scene.awaitReason(ContinualPretrain.class, "tuned", "Suspended");
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"suspend\":false}}");
    scene.jobs.awaitJob("tuned", 3);
    assertThat(scene.jobs.jobs("tuned"))
        .filteredOn(job -> job.getMetadata().getLabels().containsKey("keizoku.dev/plan"))
        .hasSize(1);
    assertThat(scene.get(ContinualPretrain.class, "tuned").getStatus().plan()).isNotNull();
  }

  @Test
  void anOperatorThatWasAwayReadsThePlanLate() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    var pod = scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    scene.stopOperator();
    var report = Manifests.planReport(scene.uid("tuned"), true, "Planned", "It fits.");
    scene.jobs.end(pod, 0, report);
    scene.startOperator();
    scene.jobs.awaitJob("tuned", 1);
  }

  @Test
  void deletionNeedNotWaitForThePlan() {
    scene.apply(ContinualPretrain.class, Manifests.goesWithItsArtifacts(Manifests.PRETRAIN));
    scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    scene.client.resource(scene.get(ContinualPretrain.class, "tuned")).delete();
    scene.awaitGone(ContinualPretrain.class, "tuned");
    assertThat(scene.jobs.jobs("tuned")).isEmpty();
  }
}
