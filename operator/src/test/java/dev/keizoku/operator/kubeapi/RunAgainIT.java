package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tries a failed run again, and what begins another under the same name. */
class RunAgainIT {
  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void aFailedRunIsTriedAgainByTheAnnotationAndByNoOtherEdit() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.jobs.end(pod, 42, Manifests.failure(uid, "BucketNotFound", "Make it."));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.FAILED);
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"ttlSecondsAfterFinished\":3600}}");
    scene.await(
        FinCorpus.class,
        "finance",
        c -> Long.valueOf(2).equals(c.runStatus().observedGeneration()));
    assertThat(scene.get(FinCorpus.class, "finance").runStatus().phase()).isEqualTo(Phase.FAILED);
    assertThat(scene.jobs.jobs("finance")).hasSize(1);
    scene.patch(
        FinCorpus.class,
        "finance",
        "{\"metadata\":{\"annotations\":{\"keizoku.dev/retry\":\"1\"}}}");
    scene.jobs.awaitJob("finance", 2);
    assertThat(scene.get(FinCorpus.class, "finance").runStatus().runUid()).isEqualTo(uid);
  }

  @Test
  void aRecipeThatComesBackIsRunAgain() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.jobs.end(pod, 42, Manifests.failure(uid, "SourceEmpty", "No files."));
    var old = scene.awaitPhase(FinCorpus.class, "finance", Phase.FAILED).runStatus();
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"filters\":{\"minCharacters\":60}}}");
    scene.await(FinCorpus.class, "finance", c -> !uid.equals(c.runStatus().runUid()));
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"filters\":{\"minCharacters\":50}}}");
    var back =
        scene.await(
            FinCorpus.class,
            "finance",
            c -> Long.valueOf(3).equals(c.runStatus().observedGeneration()));
    assertThat(back.runStatus().phase()).isEqualTo(Phase.PENDING);
    assertThat(back.runStatus().openAttempt().orElseThrow().job())
        .isNotEqualTo(old.lastAttempt().orElseThrow().job());
  }

  private void buildCorpus() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  @Test
  void changedDataIsBuiltAgainByAnotherRunId() {
    buildCorpus();
    var old = scene.get(FinCorpus.class, "finance").runStatus();
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"runId\":\"november\"}}");
    var anew =
        scene.await(FinCorpus.class, "finance", c -> "november".equals(c.runStatus().runId()));
    assertThat(anew.runStatus().runUid()).isNotEqualTo(old.runUid());
    assertThat(anew.runStatus().artifact()).isEqualTo(old.artifact());
    var pod = scene.jobs.start(scene.jobs.awaitJobOf("finance", anew.runStatus().runUid()), "pod");
    scene.jobs.end(pod, 0, scene.corpusReport(anew.runStatus().runUid(), "cdcd"));
    var done =
        scene.await(
            FinCorpus.class,
            "finance",
            c -> c.runStatus().phase() == Phase.SUCCEEDED && c.getStatus().corpus() != null);
    assertThat(done.getStatus().corpus().version()).isEqualTo("cdcd");
    // The same word is the same run.
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"backoffLimit\":5}}");
    scene.await(
        FinCorpus.class,
        "finance",
        c -> Long.valueOf(3).equals(c.runStatus().observedGeneration()));
    assertThat(scene.jobs.jobs("finance")).hasSize(2);
  }

  @Test
  void aFinishedTrainingRunsAgainWithAnotherRecipeByAnotherRunId() {
    buildCorpus();
    scene.applyPlanned(Manifests.goesWithItsArtifacts(Manifests.PRETRAIN));
    scene.jobs.end(scene.jobs.start("tuned", 1), 0, scene.trainReport(scene.uid("tuned")));
    var first = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED).runStatus();
    assertThatThrownBy(
            () -> scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"maxSteps\":200}}"))
        .hasMessageContaining("or set another spec.runId");
    assertThatThrownBy(
            () ->
                scene.patch(
                    ContinualPretrain.class,
                    "tuned",
                    "{\"spec\":{\"runId\":\"b\",\"storage\":{\"bucket\":\"elsewhere\"}}}"))
        .hasMessageContaining("spec.storage cannot change");
    scene.patch(ContinualPretrain.class, "tuned", "{\"spec\":{\"runId\":\"b\",\"maxSteps\":200}}");
    var planning = scene.awaitReason(ContinualPretrain.class, "tuned", "Planning");
    assertThat(planning.getStatus().training()).isNull();
    var pod = scene.jobs.start(scene.jobs.awaitPlan("tuned"), "pod");
    var uid = scene.uid("tuned") + "-b";
    scene.jobs.end(pod, 0, Manifests.planReport(uid, true, "Planned", "It fits."));
    var second = scene.jobs.start(scene.jobs.awaitJobOf("tuned", uid), "pod");
    var running = scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING).runStatus();
    assertThat(running.output()).isEqualTo(first.output() + "/runs/b");
    assertThat(running.attempts()).hasSize(1);
    scene.jobs.end(second, 0, scene.trainReport(uid));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED);

    // What both have left goes with the resource.
    scene.client.resource(scene.get(ContinualPretrain.class, "tuned")).delete();
    Awaitility.await()
        .until(
            () ->
                scene.jobs.jobs("tuned").stream()
                    .filter(job -> job.getMetadata().getName().endsWith("-del"))
                    .anyMatch(
                        job -> FakeJobs.program(job).getArgs().contains(first.output() + "/")));
  }

  @Test
  void anotherRunIdTakesThePlaceOfARunAtWork() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var old = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"runId\":\"b\"}}");
    Awaitility.await()
        .until(() -> scene.jobs.jobs("finance").stream().noneMatch(j -> ofRun(j, old)));
    scene.pods.remove(pod);
    var anew =
        scene.await(FinCorpus.class, "finance", c -> c.runStatus().openAttempt().isPresent());
    assertThat(anew.runStatus().runUid()).isNotEqualTo(old);
    scene.jobs.awaitJobOf("finance", anew.runStatus().runUid());
  }

  private static boolean ofRun(Job job, String uid) {
    return uid.equals(job.getMetadata().getAnnotations().get("keizoku.dev/run-uid"));
  }
}
