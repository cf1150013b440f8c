package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is taken away, when, and by whom: Jobs, pods, artifacts, resources. */
class CleanUpIT {
  private static final String OURS = "fincorpora.keizoku.dev/finalizer";

  @RegisterExtension private final Scene scene = new Scene();

  @Test
  void timeRemovesTheChildrenAndNothingRunsAgain() {
    scene.apply(
        FinCorpus.class,
        Manifests.CORPUS.replace("spec:\n", "spec:\n  ttlSecondsAfterFinished: 1\n"));
    scene.buildCorpus("aaaa", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> scene.jobs.jobs("finance").isEmpty());
    Awaitility.await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(10))
        .until(() -> scene.jobs.jobs("finance").isEmpty());
    assertThat(scene.get(FinCorpus.class, "finance").runStatus().phase())
        .isEqualTo(Phase.SUCCEEDED);
  }

  /** A corpus is deleted at work, and its Job is gone; the pod of it, which is still there. */
  private Pod deleteWhileItRuns() {
    scene.apply(FinCorpus.class, Manifests.goesWithItsArtifacts(Manifests.CORPUS));
    var pod = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    Awaitility.await().until(() -> scene.jobs.jobs("finance").isEmpty());
    return pod;
  }

  /** A corpus is built whose artifacts are to be deleted with it. */
  private void buildThatGoesWithItsArtifacts() {
    scene.apply(FinCorpus.class, Manifests.goesWithItsArtifacts(Manifests.CORPUS));
    scene.buildCorpus("aaaa", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  @Test
  void deletionStopsTheProgramFirst() {
    var pod = deleteWhileItRuns();
    assertThat(scene.get(FinCorpus.class, "finance")).isNotNull();
    scene.pods.remove(pod);
    scene.jobs.finish(scene.jobs.awaitDeletion("finance").getMetadata().getName(), true);
    scene.awaitGone(FinCorpus.class, "finance");
  }

  /** Its Job and pod are the garbage collector's, and nothing waits for an operator. */
  @Test
  void whatKeepsItsArtifactsIsGoneAtOnce() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.jobs.start("finance", 1);
    var running = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    assertThat(running.getMetadata().getFinalizers()).isEmpty();
    assertThat(gauges()).isNotEmpty();
    scene.client.resource(running).delete();
    assertThat(scene.get(FinCorpus.class, "finance")).isNull();
    Awaitility.await().until(() -> gauges().isEmpty());
  }

  private Collection<Gauge> gauges() {
    return scene
        .operator()
        .meters()
        .find("keizoku_run_stalled")
        .tag("namespace", scene.namespace)
        .gauges();
  }

  /** Also one that an operator of before gave. */
  @Test
  void aFinalizerIsThereAsLongAsTheArtifactsAreToGo() {
    var held = Manifests.CORPUS.replace("spec:\n", "  finalizers: [%s]\nspec:\n".formatted(OURS));
    scene.apply(FinCorpus.class, held);
    awaitFinalizers();
    retention("Delete");
    awaitFinalizers(OURS);
    retention("Retain");
    awaitFinalizers();
  }

  private void retention(String onDelete) {
    scene.patch(
        FinCorpus.class,
        "finance",
        "{\"spec\":{\"retention\":{\"onDelete\":\"%s\"}}}".formatted(onDelete));
  }

  private void awaitFinalizers(String... expected) {
    scene.await(
        FinCorpus.class, "finance", c -> c.getMetadata().getFinalizers().equals(List.of(expected)));
  }

  @Test
  void artifactsGoWithTheResourceWhenItSaysSo() {
    buildThatGoesWithItsArtifacts();
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    var deletion = scene.jobs.awaitDeletion("finance");
    var container = deletion.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getArgs())
        .containsExactly(
            "store",
            "delete",
            "s3://keizoku/" + scene.namespace + "/fincorpora/finance/",
            "--endpoint",
            "http://minio:9000");
    assertThat(scene.get(FinCorpus.class, "finance")).isNotNull();
    scene.jobs.finish(deletion.getMetadata().getName(), true);
    scene.awaitGone(FinCorpus.class, "finance");
  }

  /**
   * An edit begins another run, of which there is nothing yet; the old one's artifacts are there.
   */
  @Test
  void whatAnEditedCorpusHadCommittedGoesWithIt() {
    buildThatGoesWithItsArtifacts();
    scene.patch(
        FinCorpus.class,
        "finance",
        "{\"spec\":{\"suspend\":true,\"filters\":{\"minCharacters\":77}}}");
    var edited = scene.awaitPhase(FinCorpus.class, "finance", Phase.SUSPENDED);
    assertThat(edited.runStatus().output()).isNull();
    scene.client.resource(edited).delete();
    assertThat(FakeJobs.program(scene.jobs.awaitDeletion("finance")).getArgs())
        .contains("s3://keizoku/" + scene.namespace + "/fincorpora/finance/");
  }

  /** A queue holds the Job back, whose own limit does not run then. */
  @Test
  void aDeletionThatNobodyLetsRunHoldsTheResourceNotForEver() {
    buildThatGoesWithItsArtifacts();
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    scene.jobs.holdBack(scene.jobs.awaitDeletion("finance"));
    scene.stopOperator();
    assertThat(scene.get(FinCorpus.class, "finance")).isNotNull();
    scene.startOperatorLater(Duration.ofMinutes(17));
    scene.awaitGone(FinCorpus.class, "finance");
  }

  @Test
  void aPodOnALostNodeHoldsTheResourceNotForEver() {
    var pod = deleteWhileItRuns();
    scene.pods.deleteOnALostNode(pod);
    scene.stopOperator();
    assertThat(scene.get(FinCorpus.class, "finance")).isNotNull();
    scene.startOperatorLater(Duration.ofMinutes(17));
    scene.awaitGone(FinCorpus.class, "finance");
  }

  @Test
  void aNamespaceThatGoesTakesItsRunsAlong() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    scene.client.namespaces().withName(scene.namespace).delete();
    // The namespace controller deletes kind by kind; Jobs and pods may go before the resource.
    scene.client.batch().v1().jobs().inNamespace(scene.namespace).delete();
    scene.pods.remove(pod);
    scene.await(
        FinCorpus.class, "finance", c -> c.runStatus().lastAttempt().orElseThrow().number() == 2);
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    scene.awaitGone(FinCorpus.class, "finance");
  }

  @Test
  void whatItLeavesIsDeletedByItsOwnProgram() {
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    scene.buildCorpus("aaaa", 1);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
    scene.applyPlanned(Manifests.goesWithItsArtifacts(Manifests.PRETRAIN));
    var pod = scene.jobs.start("tuned", 1);
    scene.jobs.end(pod, 0, scene.trainReport(scene.uid("tuned")));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED);
    scene.client.resource(scene.get(ContinualPretrain.class, "tuned")).delete();
    var deletion = scene.jobs.awaitDeletion("tuned");
    var container = deletion.getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getImage())
        .as("no corpus image is needed")
        .isEqualTo("keizoku/trainer:test");
    assertThat(container.getArgs()).startsWith("store", "delete");
    scene.jobs.finish(deletion.getMetadata().getName(), true);
    scene.awaitGone(ContinualPretrain.class, "tuned");
  }

  @Test
  void aRunOfManyAttemptsKeepsTheNewestThatEnded() {
    scene.apply(FinCorpus.class, Manifests.CORPUS.replace("spec:\n", "spec:\n  backoffLimit: 9\n"));
    for (int attempt = 1; attempt <= 5; attempt++) {
      scene.jobs.end(scene.jobs.start("finance", attempt), 1, "Exception: no " + attempt);
    }
    scene.jobs.start("finance", 6);
    scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING);
    Awaitility.await().until(() -> scene.jobs.jobs("finance").size() <= 4);
    assertThat(scene.jobs.jobs("finance"))
        .extracting(job -> job.getMetadata().getLabels().get("keizoku.dev/attempt"))
        .contains("6", "5")
        .doesNotContain("1", "2");
    assertThat(scene.get(FinCorpus.class, "finance").runStatus().attempts())
        .hasSize(6)
        .first()
        .satisfies(first -> assertThat(first.message()).contains("no 1"));
  }
}
