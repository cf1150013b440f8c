package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Ancestor;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.crd.v1alpha1.status.Phase;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;

/** The whole chain, applied in the wrong order: each waits for the one before it. */
class BenchmarkEvalIT {
  private static final String ALONE =
      Manifests.EVAL.replace(
          "continualPretrainRef:\n      name: tuned", "uri: s3://keizoku/tuned/");

  @Test
  void theChainRunsByItselfAndTheGateJudges() {
    try (var scene = new Scene()) {
      scene.apply(
          BenchmarkEval.class,
          Manifests.EVAL + "  perplexity: [{corpusRef: {name: finance}, general: true}]\n");
      scene.apply(ContinualPretrain.class, Manifests.PRETRAIN);
      scene.apply(FinCorpus.class, Manifests.CORPUS);
      scene.awaitReason(BenchmarkEval.class, "compare", "ModelNotReady");

      var corpusPod = scene.jobs.start("finance", 1);
      var corpusUid = scene.get(FinCorpus.class, "finance").runStatus().runUid();
      scene.jobs.end(corpusPod, 0, scene.corpusReport(corpusUid, "abab"));
      scene.plan("tuned");
      var trainPod = scene.jobs.start("tuned", 1);
      var trainUid = scene.get(ContinualPretrain.class, "tuned").runStatus().runUid();
      scene.jobs.end(trainPod, 0, scene.trainReport(trainUid));
      scene.planEvaluation("compare");
      var evalPod = scene.jobs.start("compare", 1);
      var evalUid = scene.get(BenchmarkEval.class, "compare").runStatus().runUid();
      assertThat(
              scene
                  .client
                  .configMaps()
                  .inNamespace(scene.namespace)
                  .withLabel("keizoku.dev/name", "compare")
                  .list()
                  .getItems()
                  .getFirst()
                  .getData()
                  .get("run.yaml"))
          .contains("/model/\"")
          .contains("sha256: \"%s\"".formatted(Manifests.digest("model")))
          .contains("name: \"security_sales_1\"")
          .containsPattern("perplexity:\\n- name: \"finance\"\\n  uri: \"s3://.*/manifest.json\"")
          .contains("sha256: \"%s\"".formatted(Manifests.digest("abab")));
      scene.jobs.end(
          evalPod,
          0,
          Manifests.evalReport(evalUid, scene.output(BenchmarkEval.class, "compare"), 0.03));

      var done = scene.awaitPhase(BenchmarkEval.class, "compare", Phase.SUCCEEDED);
      // From a score to the sources: the model, what it was trained on, what that was made from.
      var run = done.runStatus();
      assertThat(run.inputs())
          .extracting(Input::name, Input::sha256)
          .contains(tuple("tuned", Manifests.digest("model")));
      assertThat(run.lineage())
          .extracting(
              Ancestor::readerKind,
              Ancestor::readerName,
              Ancestor::name,
              Ancestor::uri,
              Ancestor::sha256)
          .contains(
              tuple("ContinualPretrain", "tuned", "baseModel", "s3://keizoku/base/", null),
              tuple(
                  "ContinualPretrain",
                  "tuned",
                  "finance",
                  scene.get(FinCorpus.class, "finance").runStatus().artifact().uri(),
                  Manifests.digest("abab")),
              tuple("FinCorpus", "finance", "notices", "s3://keizoku/raw/", null));
      var columns = done.getStatus().columns();
      assertThat(columns.base()).isEqualTo("0.2500");
      assertThat(columns.tuned()).isEqualTo("0.2800");
      assertThat(columns.delta()).isEqualTo("+0.0300 [-0.0100,+0.0900]");
      assertThat(columns.sig()).isEqualTo("no");
      assertThat(columns.gate()).isEqualTo("PASS");

      // A stricter gate judges the same result anew, without another run.
      var stricter = gate(scene, "{\"minDelta\":0.01,\"maxTaskRegression\":0.03}", "INCONCLUSIVE");
      assertThat(stricter.runStatus().condition("GatePassed").map(Condition::status))
          .contains("Unknown");
      assertThat(stricter.runStatus().condition("Ready").orElseThrow().isTrue()).isTrue();

      // Enforced, it holds back who waits for Ready; taken back, it lets go.
      var held = gate(scene, "{\"minDelta\":0.08,\"enforce\":true}", "BLOCK");
      var ready = held.runStatus().condition("Ready").orElseThrow();
      assertThat(ready.isTrue()).isFalse();
      assertThat(ready.reason()).isEqualTo("GateBlocked");
      assertThat(ready.message()).contains("tuned is blocked: its overall gain is at most +0.0800");
      assertThat(held.runStatus().condition("Stalled").orElseThrow().isTrue()).isTrue();
      assertThat(held.runStatus().condition("Reconciling").orElseThrow().isTrue()).isFalse();
      var free = gate(scene, "{\"enforce\":false}", "BLOCK");
      assertThat(free.runStatus().condition("Ready").orElseThrow().isTrue()).isTrue();
      assertThat(free.runStatus().condition("Ready").orElseThrow().reason()).isEqualTo("Completed");
      assertThat(free.runStatus().message()).isEqualTo("Scored.");
      assertThat(scene.jobs.attempts("compare")).hasSize(1);
      assertThat(free.getStatus().plan().detectable()).isEqualTo(0.0681);
    }
  }

  /** Changes the gate and waits until its generation is judged. */
  private static BenchmarkEval gate(Scene scene, String gate, String verdict) {
    scene.patch(BenchmarkEval.class, "compare", "{\"spec\":{\"gate\":" + gate + "}}");
    return scene.await(
        BenchmarkEval.class,
        "compare",
        e ->
            e.getMetadata().getGeneration().equals(e.runStatus().observedGeneration())
                && verdict.equals(e.getStatus().columns().gate()));
  }

  /** What it asks and can show is in its status before a device is held. */
  @Test
  void anEvaluationThatDoesNotFitHoldsNoDevice() {
    try (var scene = new Scene()) {
      scene.apply(
          BenchmarkEval.class,
          ALONE.replace(
              "spec:\n",
              "spec:\n  podTemplate: {resources: {limits: {memory: 16Gi, nvidia.com/gpu: 2}}}\n"));
      var job = scene.jobs.awaitPlan("compare");
      var container = FakeJobs.program(job);
      assertThat(container.getArgs()).containsExactly("plan", "/etc/keizoku/run.yaml");
      assertThat(container.getResources().getLimits())
          .containsOnlyKeys("cpu", "memory")
          .containsEntry("memory", new Quantity("3Gi"));
      var sentence = "base needs 90 GiB; it fits with batchTokens: 1024.";
      var uid = scene.get(BenchmarkEval.class, "compare").getMetadata().getUid();
      scene.jobs.end(
          scene.jobs.start(job, "pod"),
          42,
          Manifests.evalPlanReport(uid, false, "TooLittleMemory", sentence));
      var failed = scene.awaitPhase(BenchmarkEval.class, "compare", Phase.FAILED);
      assertThat(failed.runStatus().message()).isEqualTo(sentence);
      assertThat(failed.runStatus().condition("Stalled").orElseThrow().isTrue()).isTrue();
      assertThat(failed.getStatus().plan().fits()).isFalse();
      assertThat(failed.getStatus().plan().models()).extracting("questions").contains(44L, 46L);
      assertThat(scene.jobs.attempts("compare")).isEmpty();
    }
  }

  @Test
  void aGateThatCannotJudgeSaysSo() {
    try (var scene = new Scene()) {
      scene.apply(BenchmarkEval.class, ALONE);
      // On processors the pod is the run's own, and times itself.
      assertThat(FakeJobs.program(scene.jobs.awaitPlan("compare")).getArgs())
          .containsExactly("plan", "/etc/keizoku/run.yaml", "--calibrate");
      scene.planEvaluation("compare");
      var pod = scene.jobs.start("compare", 1);
      assertThat(scene.events("compare", "Planned"))
          .singleElement()
          .satisfies(event -> assertThat(event.getMessage()).isEqualTo("2 models."));
      var uid =
          scene.awaitPhase(BenchmarkEval.class, "compare", Phase.RUNNING).runStatus().runUid();
      scene.jobs.end(
          pod,
          0,
          Manifests.evalReport(uid, scene.output(BenchmarkEval.class, "compare"), 0.03)
              .replaceAll("(?s),\\s*\"eval\":.*", "}"));
      var done = scene.awaitPhase(BenchmarkEval.class, "compare", Phase.SUCCEEDED);
      var gate = done.runStatus().condition("GatePassed").orElseThrow();
      assertThat(gate.status()).isEqualTo("Unknown");
      assertThat(gate.reason()).isEqualTo("GateInconclusive");
      assertThat(gate.message()).contains("results.json");
      assertThat(done.getStatus().columns().gate()).isEqualTo("INCONCLUSIVE");
    }
  }
}
