package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one resource reads of another: while it is not there, in trouble, or about to go. */
class ReferencesIT {
  @RegisterExtension private final Scene scene = new Scene();

  /** A training that goes on from another's model. */
  private static String training(String name, String from) {
    return Manifests.PRETRAIN
        .replace("name: tuned", "name: " + name)
        .replace("uri: s3://keizoku/base/", "continualPretrainRef: {name: %s}".formatted(from));
  }

  private static String corpus(String run) {
    return Manifests.CORPUS.replace("spec:\n", "spec:\n" + run);
  }

  private static boolean stalled(RunResource resource) {
    return resource.runStatus().condition("Stalled").map(Condition::isTrue).orElse(false);
  }

  private void build(String version, int attempt) {
    var pod = scene.jobs.start("finance", attempt);
    var uid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
    scene.jobs.end(pod, 0, scene.corpusReport(uid, version));
    scene.awaitPhase(FinCorpus.class, "finance", Phase.SUCCEEDED);
  }

  private boolean corpusIsGone() {
    return scene.get(FinCorpus.class, "finance") == null;
  }

  @Test
  void aModelThatGoesOnFromItselfIsRefused() {
    assertThatThrownBy(() -> scene.apply(ContinualPretrain.class, training("tuned", "tuned")))
        .hasMessageContaining("continualPretrainRef names this resource itself");
  }

  @Test
  void aCircleStallsAllOfItUntilOneIsMended() {
    scene.apply(ContinualPretrain.class, training("a", "b"));
    scene.awaitReason(ContinualPretrain.class, "a", "ModelNotFound");
    scene.apply(ContinualPretrain.class, training("b", "c"));
    scene.apply(ContinualPretrain.class, training("c", "a"));
    for (var name : new String[] {"a", "b", "c"}) {
      var stuck = scene.awaitReason(ContinualPretrain.class, name, "CircularReference");
      assertThat(stalled(stuck)).isTrue();
      assertThat(stuck.runStatus().phase()).isEqualTo(Phase.PENDING);
    }
    assertThat(scene.get(ContinualPretrain.class, "a").runStatus().message())
        .contains("ContinualPretrain b -> c -> a -> b wait for one another");
    scene.patch(
        ContinualPretrain.class,
        "c",
        "{\"spec\":{\"baseModel\":{\"continualPretrainRef\":null,\"uri\":\"s3://keizoku/x/\"}}}");
    scene.awaitReason(ContinualPretrain.class, "c", "CorpusNotFound");
    for (var name : new String[] {"a", "b"}) {
      var waiting = scene.awaitReason(ContinualPretrain.class, name, "ModelNotReady");
      assertThat(stalled(waiting)).isFalse();
    }
  }

  @Test
  void anInputThatFailedStallsItsReadersAndThenLetsThemGoOn() {
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
    scene.apply(ContinualPretrain.class, training("next", "tuned"));
    scene.apply(FinCorpus.class, Manifests.CORPUS);
    var pod = scene.jobs.start("finance", 1);
    var uid = scene.awaitPhase(FinCorpus.class, "finance", Phase.RUNNING).runStatus().runUid();
    scene.jobs.end(pod, 42, Manifests.failure(uid, "BucketNotFound", "Bucket raw is missing."));
    var stuck = scene.awaitReason(ContinualPretrain.class, "tuned", "CorpusFailed");
    assertThat(stalled(stuck)).isTrue();
    assertThat(stuck.runStatus().message())
        .contains("FinCorpus finance", "goes on by itself", "Bucket raw is missing.");
    var further = scene.awaitReason(ContinualPretrain.class, "next", "ModelFailed");
    assertThat(further.runStatus().message()).contains("Bucket raw is missing.");

    scene.patch(
        FinCorpus.class,
        "finance",
        "{\"metadata\":{\"annotations\":{\"keizoku.dev/retry\":\"1\"}}}");
    build("abab", 2);
    scene.jobs.awaitPlan("tuned");
    var waiting = scene.awaitReason(ContinualPretrain.class, "next", "ModelNotReady");
    assertThat(stalled(waiting)).isFalse();
  }

  @Test
  void aCorpusIsNotDeletedUnderItsReader() {
    scene.apply(FinCorpus.class, corpus("  retention: {onDelete: Delete}\n"));
    build("abab", 1);
    scene.applyPlanned(Manifests.PRETRAIN);
    var reader = scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    Awaitility.await().until(() -> !scene.events("finance", "InUse").isEmpty());
    assertThat(scene.events("finance", "InUse"))
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getMessage())
                    .contains("ContinualPretrain tuned", "retention.onDelete to Retain"));
    // Whoever comes now is told why it waits.
    scene.apply(ContinualPretrain.class, Manifests.PRETRAIN.replace("name: tuned", "name: later"));
    var later = scene.awaitReason(ContinualPretrain.class, "later", "CorpusNotReady");
    assertThat(later.runStatus().message()).contains("is being deleted");
    Awaitility.await()
        .during(Duration.ofSeconds(3))
        .until(() -> scene.jobs.jobs("finance").size() == 1 && !corpusIsGone());

    scene.jobs.end(reader, 0, scene.trainReport(scene.uid("tuned")));
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED);
    var deletion =
        Awaitility.await()
            .until(
                () ->
                    scene.jobs.jobs("finance").stream()
                        .map(job -> job.getMetadata().getName())
                        .filter(name -> name.endsWith("-del"))
                        .findFirst()
                        .orElse(null),
                name -> name != null);
    scene.jobs.finish(deletion, true);
    Awaitility.await().until(this::corpusIsGone);
  }

  @Test
  void aDeletionThatWaitsForAReaderEndsWhenItsUserSaysSo() {
    scene.apply(FinCorpus.class, corpus("  retention: {onDelete: Delete}\n"));
    build("abab", 1);
    scene.applyPlanned(Manifests.PRETRAIN);
    scene.jobs.start("tuned", 1);
    scene.awaitPhase(ContinualPretrain.class, "tuned", Phase.RUNNING);
    scene.client.resource(scene.get(FinCorpus.class, "finance")).delete();
    Awaitility.await().until(() -> !scene.events("finance", "InUse").isEmpty());
    scene.patch(FinCorpus.class, "finance", "{\"spec\":{\"retention\":{\"onDelete\":\"Retain\"}}}");
    Awaitility.await().until(this::corpusIsGone);
    assertThat(scene.jobs.jobs("finance"))
        .noneMatch(job -> job.getMetadata().getName().endsWith("-del"));
  }
}
