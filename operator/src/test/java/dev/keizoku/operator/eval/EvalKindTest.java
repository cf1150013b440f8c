package dev.keizoku.operator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.operator.run.RunHead;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalKindTest {
  private static final String EVAL =
      """
      apiVersion: keizoku.dev/v1alpha1
      kind: BenchmarkEval
      metadata: {name: compare, namespace: finance}
      spec:
        base: {uri: "s3://bucket/base"}
        candidates: [{name: tuned, uri: "s3://bucket/tuned"}]
      """;
  private static final RunHead HEAD =
      new RunHead(
          "uid",
          "finance/compare",
          new StorageSpec(null, null),
          "s3://bucket/finance/benchmarkevals/compare",
          "s3://bucket/finance",
          List.of());

  /** The program is told what its pod holds, so that it never takes processors in its place. */
  @ParameterizedTest
  @CsvSource({
    "'', 0, ''",
    "podTemplate: {resources: {limits: {nvidia.com/gpu: 2}}}, 2, ''",
    "podTemplate: {resources: {limits: {nvidia.com/gpu: 0}}}, 0, ''",
    "podTemplate: {resources: {limits: {nvidia.com/mig-1g.10gb: 1}}}, 1, ''",
    "podTemplate: {resources: {limits: {amd.com/gpu: 2}}}, 2, ''",
    "'podTemplate: {resources: {claims: [{name: gpu}]}, resourceClaims: [{name: gpu, resourceClaimName: one}]}', 1, ''",
    "devices: 3, 3, 3",
    "devices: 0, 0, ''"
  })
  void aRunIsToldItsGpus(String line, int gpus, String held) {
    var eval = eval(line);
    var kind = new EvalKind();
    assertThat(kind.runFile(eval, HEAD).passes().devices()).isEqualTo(gpus);
    assertThat(kind.devices(eval).values())
        .extracting(Object::toString)
        .containsExactly(held(held));
  }

  private static String[] held(String count) {
    return count.isEmpty() ? new String[0] : new String[] {count};
  }

  @Test
  void runsOfANamespaceShareTheirScores() {
    var kind = new EvalKind();
    assertThat(kind.runFile(eval(""), HEAD).passes().scores())
        .isEqualTo("s3://bucket/finance/scores");
    assertThat(kind.runFile(eval("scores: s3://other/scores"), HEAD).passes().scores())
        .isEqualTo("s3://other/scores");
  }

  private static BenchmarkEval eval(String line) {
    return Serialization.unmarshal(
        line.isEmpty() ? EVAL : EVAL + "  " + line + "\n", BenchmarkEval.class);
  }
}
