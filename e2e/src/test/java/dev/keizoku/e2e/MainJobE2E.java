package dev.keizoku.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.contract.result.TrainResult.Perplexity;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.storage.StoreUri;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The resources of the quick start, made shorter and applied at once; each waits for the one
 * before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobE2E {
  private static final Duration CORPUS = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofMinutes(8);

  private Cluster cluster;
  private Quickstart quickstart;

  @BeforeAll
  void applyAllAtOnceInReverse() throws Exception {
    cluster = new Cluster("keizoku-e2e-" + Long.toString(System.nanoTime(), 36));
    quickstart = new Quickstart();
    Quickstart.upload(cluster.store());
    apply(evaluation());
    apply(training("tuned", 24));
    apply(training("base", 40));
    apply(quickstart.manifest("finance"));
    apply(quickstart.manifest("general"));
  }

  @AfterAll
  void removeTheNamespace() throws Exception {
    cluster.close();
  }

  @Test
  @Order(1)
  void corporaAreBuiltAndPinnedByTheDigestOfTheirManifest() {
    for (var name : new String[] {"general", "finance"}) {
      var corpus = cluster.awaitPhase(FinCorpus.class, name, Phase.SUCCEEDED, CORPUS);
      assertCommitted(corpus.runStatus());
      assertThat(corpus.getStatus().corpus().documents()).isPositive();
      assertThat(corpus.getStatus().corpus().tokens()).isGreaterThan(100_000);
      assertThat(corpus.getStatus().corpus().heldOutTokens()).isPositive();
    }
  }

  @Test
  @Order(2)
  void trainingLowersTheHeldOutPerplexity() {
    var base = cluster.awaitPhase(ContinualPretrain.class, "base", Phase.SUCCEEDED, RUN);
    assertCommitted(base.runStatus());
    assertThat(perplexity(base, "general").after())
        .isLessThan(perplexity(base, "general").before());
    var tuned = cluster.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED, RUN);
    assertCommitted(tuned.runStatus());
    assertThat(perplexity(tuned, "finance").after())
        .isLessThan(perplexity(tuned, "finance").before());
    assertThat(tuned.runStatus().inputs())
        .anySatisfy(
            input -> assertThat(input.sha256()).isEqualTo(base.runStatus().artifact().sha256()));
    assertThat(tuned.getStatus().columns().gpus()).startsWith("4");
    assertThat(tuned.getStatus().plan().fits()).isTrue();
    assertThat(tuned.getStatus().plan().steps()).isEqualTo(tuned.getStatus().training().steps());
  }

  @Test
  @Order(3)
  void theTrainersPodAskedForFourGpus() {
    var jobs =
        cluster
            .client()
            .batch()
            .v1()
            .jobs()
            .inNamespace(cluster.namespace())
            .withLabel("keizoku.dev/name", "tuned")
            .withLabel("keizoku.dev/attempt")
            .list()
            .getItems();
    assertThat(jobs).hasSize(1);
    var container = jobs.getFirst().getSpec().getTemplate().getSpec().getContainers().getFirst();
    assertThat(container.getResources().getLimits().get("nvidia.com/gpu").getAmount())
        .isEqualTo("4");
  }

  @Test
  @Order(4)
  void baseAndTunedAreScoredOnTheSameItems() {
    var eval = cluster.awaitPhase(BenchmarkEval.class, "compare", Phase.SUCCEEDED, RUN);
    assertCommitted(eval.runStatus());
    var scores =
        eval.getStatus().evaluation().scores().stream()
            .collect(Collectors.toMap(Score::task, score -> score));
    assertThat(scores)
        .containsOnlyKeys(
            "chabsa",
            "cma_basics",
            "cpa_audit",
            "fp2",
            "security_sales_1",
            "heldout_finance",
            "heldout_general");
    assertThat(scores.get("heldout_finance").ciHigh())
        .as("bits a character of held-out financial text, tuned less base")
        .isNegative();
    assertThat(scores.values().stream().filter(score -> !score.metric().equals("bits_per_char")))
        .allSatisfy(
            score -> {
              assertThat(score.n()).isEqualTo(12);
              assertThat(score.delta()).isBetween(score.ciLow(), score.ciHigh());
            });
    var folder = StoreUri.parse(eval.runStatus().artifact().uri()).parent();
    for (var file : new String[] {"results.json", "samples.jsonl", "report.html"}) {
      assertThat(cluster.store().stat(folder.child(file))).as(file).isPresent();
    }
  }

  @Test
  @Order(5)
  void aKilledTrainerEndsInTheLossOfTheUndisturbedOne() {
    var undisturbed = cluster.awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED, RUN);
    var again = training("tuned", 24);
    ((ObjectNode) again.get("metadata")).put("name", "killed");
    apply(again);
    var begun =
        cluster.await(
            ContinualPretrain.class, "killed", RUN, run -> run.runStatus().output() != null);
    var first = begun.runStatus().output() + "/checkpoints/step-00000005/metadata.json";
    Awaitility.await(first)
        .atMost(RUN)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> cluster.store().stat(StoreUri.parse(first)).isPresent());
    assertThat(cluster.operatorMetrics().lines().map(line -> line.split("[{ ]")[0]))
        .as("what dashboards and alerts ask for, while something trains")
        .containsAll(AskedMetrics.ofTheChart());
    var pods = cluster.runningPods("killed");
    assertThat(pods).hasSize(1);
    cluster.client().resource(pods.getFirst()).withGracePeriod(0).delete();

    var killed = cluster.awaitPhase(ContinualPretrain.class, "killed", Phase.SUCCEEDED, RUN);
    assertThat(killed.runStatus().attempts()).hasSizeGreaterThan(1);
    assertThat(killed.getStatus().training().resumedFromStep()).isPositive();
    assertThat(killed.getStatus().training().finalLoss())
        .isEqualTo(undisturbed.getStatus().training().finalLoss());
    assertThat(killed.getStatus().training().perplexity())
        .isEqualTo(undisturbed.getStatus().training().perplexity());
  }

  @Test
  @Order(6)
  void aWrongValueIsRefusedWithTheFieldAndTheRange() {
    var wrong = training("tuned", 24);
    ((ObjectNode) wrong.get("metadata")).put("name", "wrong");
    ((ObjectNode) wrong.get("spec")).put("learningRate", 2);
    assertThatThrownBy(() -> apply(wrong))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("spec.learningRate")
        .hasMessageContaining("less than or equal to 1");
  }

  @Test
  @Order(7)
  void aMissingBucketStallsWithItsSentenceAndIsNotRetried() {
    var corpus = quickstart.manifest("finance");
    ((ObjectNode) corpus.get("metadata")).put("name", "nowhere");
    ((ObjectNode) corpus.get("spec").get("sources").get(0)).put("uri", "s3://no-such-bucket/x/");
    apply(corpus);
    var failed = cluster.awaitPhase(FinCorpus.class, "nowhere", Phase.FAILED, CORPUS).runStatus();
    var stalled =
        failed.conditions().stream()
            .collect(Collectors.toMap(Condition::type, c -> c))
            .get("Stalled");
    assertThat(stalled.isTrue()).isTrue();
    assertThat(stalled.message()).contains("no-such-bucket");
    assertThat(failed.attempts()).hasSize(1);
    assertThat(failed.attempts().getFirst().exitCode()).isEqualTo(42);
  }

  @Test
  @Order(8)
  void aTrainingThatDoesNotFitIsRefusedBeforeItHoldsADevice() {
    var wide = training("base", 24);
    ((ObjectNode) wide.get("metadata")).put("name", "wide");
    ((ObjectNode) wide.at("/spec/initialize/config"))
        .put("hiddenSize", 4096)
        .put("intermediateSize", 11008)
        .put("numHiddenLayers", 32);
    apply(wide);
    var refused = cluster.awaitPhase(ContinualPretrain.class, "wide", Phase.FAILED, RUN);
    assertThat(refused.runStatus().condition("Stalled").map(Condition::reason))
        .contains("TooLittleMemory");
    assertThat(refused.runStatus().message())
        .contains("a CPU rank in a pod of 4.00 GiB has 0.75; raise podTemplate");
    assertThat(refused.runStatus().attempts()).isEmpty();
    assertThat(refused.getStatus().plan().fits()).isFalse();
  }

  @Test
  @Order(9)
  void workGoesOnAfterStorageAndApiServerWereAwayForAMinute() throws Exception {
    var run = training("tuned", 24);
    ((ObjectNode) run.get("metadata")).put("name", "patient");
    apply(run);
    cluster.await(
        ContinualPretrain.class,
        "patient",
        RUN,
        resource -> resource.runStatus().lastCheckpoint() != null);
    cluster.scaleMinio(0);
    cluster.freezeApiServer(Duration.ofMinutes(1));
    cluster.scaleMinio(1);
    var patient = cluster.awaitPhase(ContinualPretrain.class, "patient", Phase.SUCCEEDED, RUN);
    assertThat(patient.runStatus().attempts()).hasSize(1);
    assertThat(patient.getStatus().training().finalLoss())
        .isEqualTo(
            cluster
                .awaitPhase(ContinualPretrain.class, "tuned", Phase.SUCCEEDED, RUN)
                .getStatus()
                .training()
                .finalLoss());
  }

  @Test
  @Order(10)
  void theStoresKeyStandsInItsSecretAlone() {
    var secret =
        cluster
            .client()
            .secrets()
            .inNamespace(cluster.namespace())
            .withName("keizoku-storage")
            .get();
    var encoded = secret.getData().get("AWS_SECRET_ACCESS_KEY");
    var key = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    assertThat(key).isNotBlank();
    assertThat(new WrittenWords(cluster.client(), cluster.namespace()).all())
        .hasSizeGreaterThan(10)
        .allSatisfy(words -> assertThat(words).doesNotContain(key, encoded));
  }

  private void apply(ObjectNode manifest) {
    cluster.apply(Quickstart.resource(manifest));
  }

  private ObjectNode training(String name, int maxSteps) {
    return quickstart.training(name, maxSteps);
  }

  private ObjectNode evaluation() {
    var manifest = quickstart.manifest("compare");
    manifest.at("/spec/tasks").forEach(task -> ((ObjectNode) task).put("limit", 12));
    return manifest;
  }

  private void assertCommitted(RunStatus status) {
    var artifact = status.artifact();
    assertThat(Digests.sha256(cluster.store().read(StoreUri.parse(artifact.uri()))))
        .isEqualTo(artifact.sha256());
    var conditions =
        status.conditions().stream().collect(Collectors.toMap(Condition::type, Condition::status));
    assertThat(conditions)
        .containsAllEntriesOf(Map.of("Ready", "True", "Reconciling", "False", "Stalled", "False"));
  }

  private static Perplexity perplexity(ContinualPretrain run, String heldOut) {
    return run.getStatus().training().perplexity().stream()
        .filter(set -> set.name().equals(heldOut))
        .findFirst()
        .orElseThrow();
  }
}
