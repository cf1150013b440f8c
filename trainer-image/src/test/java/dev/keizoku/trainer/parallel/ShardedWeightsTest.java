package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.weights.WeightSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an export reads of the ranks' slices. */
class ShardedWeightsTest {
  private static final int MOST_AT_ONCE = 1 << 18;
  private static final CausalLm MODEL =
      new CausalLm(
          ModelConfig.of(
              Map.of(
                  "model_type", "qwen2",
                  "vocab_size", 9_000,
                  "hidden_size", 64,
                  "intermediate_size", 160,
                  "num_hidden_layers", 1,
                  "num_attention_heads", 4)));

  @ParameterizedTest(name = "{0} ranks, stage {1}")
  @CsvSource({"1,0", "2,1", "4,3"})
  void everyParameterComesWholeInOrderAndInSmallParts(int ranks, int stage) {
    var run = TinyRun.run(ranks, stage, false, Precision.BF16, 1);
    try (var trainer = TinyRun.start(MODEL, run)) {
      for (var unit : MODEL.layout().units()) {
        for (var parameter : unit.parameters()) {
          // containsExactly looks for each of half a million values in a list.
          assertThat(read(trainer.weights(), parameter)).isEqualTo(read(TinyRun.START, parameter));
        }
      }
    }
  }

  private static float[] read(WeightSource source, ParameterSpec parameter) {
    var all = new float[(int) parameter.elements()];
    var next = new int[1];
    source.read(
        parameter,
        0,
        all.length,
        (first, values) -> {
          assertThat(first).isEqualTo(next[0]);
          assertThat(values.length).isLessThanOrEqualTo(MOST_AT_ONCE);
          System.arraycopy(values, 0, all, next[0], values.length);
          next[0] += values.length;
        });
    return Arrays.copyOf(all, next[0]);
  }
}
