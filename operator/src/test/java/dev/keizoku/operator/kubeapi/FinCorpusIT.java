package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A corpus from its manifest to its version, and what may happen on the way. */
class FinCorpusIT {
  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void theManifestBecomesARunFileAndAJob() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var job = scene.jobs.awaitJob("finance", 1);
    var corpus = scene.get(FinCorpus.class, "finance");
    assertThat(job.getSpec().getBackoffLimit()).isZero();
    assertThat(job.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(job.getMetadata().getOwnerReferences()).hasSize(1);
    var files =
        scene.client.configMaps().inNamespace(scene.namespace).withLabel("keizoku.dev/name").list();
    assertThat(files.getItems()).hasSize(1);
    assertThat(files.getItems().getFirst().getImmutable()).isTrue();
    assertThat(files.getItems().getFirst().getData().get("run.yaml"))
        .contains("runUid: \"" + corpus.runStatus().runUid() + "\"")
        .contains("name: \"" + scene.namespace + "/finance\"")
        .contains("endpoint: \"http://minio:9000\"")
        .contains("output: \"s3://keizoku/" + scene.namespace + "/fincorpora/finance\"")
        .doesNotContain("format:")
        .contains("minCharacters: 50");
  }

  @Test
  void progressThenTheResultThenNothingMore() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var running = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    var uid = running.runStatus().runUid();
    scene.program.says(
        new ProgressReport(
            uid,
            "tokenize",
            30,
            120L,
            "documents",
            9L,
            Map.of("documentsPerSecond", 10.0),
            null,
            Instant.now().toString(),
            null));
    var told =
        scene.await(FinCorpus.class, "finance", c -> c.runStatus().progress() != null).runStatus();
    assertThat(told.progress().progressPercentage()).isEqualTo(25);
    assertThat(told.progress().stage()).isEqualTo("tokenize");
    scene.program.says(null);

    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abcdef0123456789"));
    var done = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(done.getStatus().corpus().documents()).isEqualTo(1234);
    assertThat(done.getStatus().columns().docs()).isEqualTo("1,234");
    assertThat(done.getStatus().columns().tokens()).isEqualTo("3.5M");
    assertThat(done.getStatus().columns().version()).isEqualTo("abcdef012345");
    assertThat(done.runStatus().readyFor(done.getMetadata().getGeneration())).isTrue();

    var version = done.getMetadata().getResourceVersion();
    scene.stopOperator();
    scene.startOperator();
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> scene.get(FinCorpus.class, "finance").getMetadata().getResourceVersion(),
            version::equals);
    assertThat(scene.jobs.jobs("finance")).hasSize(1);
  }

  @Test
  void everyTransitionIsOneEventAndIsCounted() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.awaitReason(FinCorpus.class, "finance", "PodStarting");
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abcdef0123456789"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(scene.events("finance"))
        .extracting(Event::getType, Event::getReason, Event::getMessage)
        .containsExactlyInAnyOrder(
            tuple("Normal", "PodStarting", "Job %s and its pod come next.".formatted(job(1))),
            tuple("Normal", "Running", "Attempt 1 runs on node null."),
            tuple("Normal", "Completed", "1,234 documents."));
    for (var phase : List.of(Phase.PENDING, Phase.RUNNING, Phase.SUCCEEDED)) {
      assertThat(
              scene
                  .operator()
                  .meters()
                  .get("keizoku_run_transitions")
                  .tags("kind", "fincorpus", "phase", phase.name())
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }

  private String job(int attempt) {
    return scene.jobs.awaitJob("finance", attempt).getMetadata().getName();
  }

  @Test
  void aStatusThatCouldNotBeWrittenIsToldOnce() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.beforeNextStatus(
        () -> {
          throw new IllegalStateException("the API server is away");
        });
    scene.jobs.end(pod, 0, scene.corpusReport(uid, "abab"));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    Awaitility.await().until(() -> !scene.events("finance", "Completed").isEmpty());
    assertThat(scene.events("finance", "Completed")).hasSize(1);
  }

  @Test
  void aChangeBuildsANewVersionBesideTheOld() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var first = scene.buildCorpus("aaaa", 1);
    var old = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED).runStatus();
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"filters\":{\"minCharacters\":200}}}");
    var anew = scene.await(FinCorpus.class, "finance", c -> !first.equals(c.runStatus().runUid()));
    // Until the new version is whole, users of the corpus read the old one.
    assertThat(anew.getStatus().columns().version()).isEqualTo("aaaa");
    assertThat(anew.runStatus().artifact()).isEqualTo(old.artifact());
    assertThat(anew.runStatus().readyFor(2L)).isFalse();
    Awaitility.await().until(() -> scene.jobs.jobs("finance").size() == 2);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    assertThat(runFile(first)).contains("minCharacters: 50", "runUid: \"" + first + "\"");
    assertThat(runFile(uid)).contains("minCharacters: 200", "runUid: \"" + uid + "\"");
    assertThat(anew.runStatus().output()).isEqualTo(old.output());

    scene.jobs.end(scene.jobs.start(jobOf(uid), "pod"), 0, scene.corpusReport(uid, "bbbb"));
    var done = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    assertThat(done.getStatus().columns().version()).isEqualTo("bbbb");
    assertThat(done.runStatus().artifact().uri()).endsWith("/versions/bbbb/manifest.json");
    assertThat(done.runStatus().readyFor(2L)).isTrue();
    // Nothing was made that deletes the old version.
    assertThat(scene.jobs.jobs("finance")).hasSize(2);
  }

  private Job jobOf(String runUid) {
    return scene.jobs.jobs("finance").stream()
        .filter(j -> runUid.equals(j.getMetadata().getAnnotations().get("keizoku.dev/run-uid")))
        .findFirst()
        .orElseThrow();
  }

  /** What the pod of that run mounts. */
  private String runFile(String runUid) {
    var map =
        jobOf(runUid).getSpec().getTemplate().getSpec().getVolumes().stream()
            .filter(volume -> volume.getConfigMap() != null)
            .map(volume -> volume.getConfigMap().getName())
            .findFirst()
            .orElseThrow();
    var file = scene.client.configMaps().inNamespace(scene.namespace).withName(map).get();
    return file.getData().get("run.yaml");
  }

  @Test
  void aUserErrorStallsWithItsSentenceAndIsNotRepeated() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(
        pod, 42, Manifests.failure(uid, "BucketNotFound", "Bucket raw is missing; make it."));
    var failed = scene.awaitPhase(FinCorpus.class, "finance", Phase.FAILED).runStatus();
    assertThat(failed.condition("Stalled").orElseThrow().isTrue()).isTrue();
    assertThat(failed.condition("Stalled").orElseThrow().message())
        .isEqualTo("Bucket raw is missing; make it.");
    assertThat(failed.attempts()).hasSize(1);
    // Suspending and resuming is how a user says that it is mended.
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"suspend\":true}}");
    scene.awaitReason(FinCorpus.class, "finance", "Suspended");
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"suspend\":false}}");
    scene.jobs.awaitJob("finance", 2);
  }

  @Test
  void anEditWhileTheStatusIsWrittenIsSeen() {
    suspendedFromTheStart();
    scene.beforeNextStatus(
        () -> scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"suspend\":false}}"));
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"backoffLimit\":5}}");
    scene.jobs.awaitJob("finance", 1);
    var begun = scene.awaitReason(FinCorpus.class, "finance", "PodStarting").runStatus();
    assertThat(begun.observedGeneration()).isEqualTo(3);
  }

  @Test
  void aDeletionWhileTheStatusIsWrittenIsSeen() {
    suspendedFromTheStart();
    // So that it waits for the operator.
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"retention\":{\"onDelete\":\"Delete\"}}}");
    scene.await(FinCorpus.class, "finance", c -> !c.getMetadata().getFinalizers().isEmpty());
    var corpus = scene.get(FinCorpus.class, "finance");
    scene.beforeNextStatus(() -> scene.client.resource(corpus).delete());
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"backoffLimit\":5}}");
    scene.awaitGone(FinCorpus.class, "finance");
  }

  /** Nothing wakes it then but a change of its own. */
  private void suspendedFromTheStart() {
    scene.apply(FinCorpus.class, Manifests.CORPUS.replace("spec:\n", "spec:\n  suspend: true\n"));
    scene.awaitReason(FinCorpus.class, "finance", "Suspended");
  }
}
