package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import org.junit.jupiter.api.Test;

/** The whole chain, applied in the wrong order: each waits for the one before it. */
class BenchmarkEvalIT {

  @Test
  void theChainRunsByItselfAndTheGateJudges() {
    try (var scene = new Scene()) {
      scene.apply(BenchmarkEval.class, Manifests.EVAL);
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
          .contains("name: \"security_sales_1\"");
      scene.jobs.end(
          evalPod,
          0,
          Manifests.evalReport(evalUid, scene.output(BenchmarkEval.class, "compare"), 0.03));

      var done = scene.awaitPhase(BenchmarkEval.class, "compare", Phase.SUCCEEDED);
      var columns = done.getStatus().columns();
      assertThat(columns.base()).isEqualTo("0.2500");
      assertThat(columns.tuned()).isEqualTo("0.2800");
      assertThat(columns.delta()).isEqualTo("+0.0300 [-0.0100,+0.0900]");
      assertThat(columns.sig()).isEqualTo("no");
      assertThat(columns.gate()).isEqualTo("passed");

      // A stricter gate judges the same result anew, without another run.
      scene.patch(BenchmarkEval.class, "compare", "{\"spec\":{\"gate\":{\"significant\":true}}}");
      var judged =
          scene.await(
              BenchmarkEval.class, "compare", e -> "failed".equals(e.getStatus().columns().gate()));
      assertThat(judged.runStatus().condition("GatePassed").map(Condition::status))
          .contains("False");
      assertThat(scene.jobs.jobs("compare")).hasSize(1);
    }
  }

  @Test
  void aGateThatCannotJudgeSaysSo() {
    try (var scene = new Scene()) {
      scene.apply(
          BenchmarkEval.class,
          Manifests.EVAL.replace(
              "continualPretrainRef:\n      name: tuned", "uri: s3://keizoku/tuned/"));
      var pod = scene.jobs.start("compare", 1);
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
      assertThat(gate.reason()).isEqualTo("GateUndecided");
      assertThat(gate.message()).contains("results.json");
    }
  }
}
