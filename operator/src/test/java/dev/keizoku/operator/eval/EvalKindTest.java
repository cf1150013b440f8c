package dev.keizoku.operator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalKindTest {
  private static final String H100 =
      "nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}";

  /** A card that the pod template names is planned with its memory; a part of one is not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "{limits: {nvidia.com/gpu: 2}}         | --gpu-product=NVIDIA-H100-80GB-HBM3",
        "{limits: {nvidia.com/mig-3g.40gb: 1}} | -",
        "{limits: {nvidia.com/gpu.shared: 1}}  | -",
        "{claims: [{name: gpus}]}              | -",
        "{limits: {memory: 8Gi}}               | -",
      })
  void aKnownCardIsPlannedWithItsMemory(String resources, String argument) {
    var eval =
        Serialization.unmarshal(
            """
            metadata: {name: compare}
            spec:
              base: {uri: "s3://b/base/"}
              candidates: [{name: tuned, uri: "s3://b/tuned/"}]
              podTemplate: {resources: %s, %s}
            """
                .formatted(resources, H100),
            BenchmarkEval.class);
    var arguments = new EvalKind().planArguments(eval);
    if (argument == null) {
      assertThat(arguments).noneMatch(given -> given.startsWith("--gpu-product"));
    } else {
      assertThat(arguments).containsExactly("plan", "/etc/keizoku/run.yaml", argument);
    }
  }
}
