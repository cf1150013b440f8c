package dev.keizoku.trainer.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.keizoku.contract.train.Training.Precision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {
  private static final long PARAMETERS = 14_167_290_880L;

  @Test
  void theFirstQwenGenerationIsReadInTheWordsOfTheSecond() {
    long attention = 4L * 5120 * 5120 + 3 * 5120;
    long mlp = 3L * 5120 * 13_696;
    assertThat(2L * 152_064 * 5120 + 40 * (attention + mlp + 2 * 5120) + 5120)
        .isEqualTo(PARAMETERS);
    assertThat(PlannedModels.nekomata14b().config().parameters()).isEqualTo(PARAMETERS);
  }

  /** The columns of ZeRO's figure 1 (64 ranks), 2 bytes more a parameter for fp32 gradients. */
  @ParameterizedTest
  @CsvSource({
    "0, 2, 4, 12",
    "1, 2, 4, 0.1875",
    "2, 2, 0.0625, 0.1875",
    "3, 0.03125, 0.0625, 0.1875",
  })
  void bytesAParameterByStage(int stage, double parameters, double gradients, double optimizer) {
    var plan = MemoryPlan.of(PlannedModels.nekomata14b(), PlannedModels.bf16(64, stage, 1));
    assertThat(plan.bytes("parameters") / (double) PARAMETERS).isEqualTo(parameters, within(1e-6));
    assertThat(plan.bytes("gradients") / (double) PARAMETERS).isEqualTo(gradients, within(1e-6));
    assertThat(plan.bytes("optimizer state") / (double) PARAMETERS)
        .isEqualTo(optimizer, within(1e-6));
  }

  @Test
  void inFp32TheParametersAreTheirOwnMasters() {
    var setting = new Setting(2, 1, 1, 2048, true, false, Precision.FP32, false, Samples.NONE);
    var plan = MemoryPlan.of(PlannedModels.nekomata14b(), setting);
    assertThat(plan.bytes("parameters")).isEqualTo(4 * PARAMETERS);
    assertThat(plan.bytes("optimizer state")).isEqualTo(8 * PARAMETERS / 2);
    assertThat(plan.bytes("gradients not yet summed")).isZero();
    assertThat(plan.bytes("gathered parameters")).isZero();
  }

  @Test
  void offloadingMovesTheOptimizerStateToTheHost() {
    var on = MemoryPlan.of(PlannedModels.nekomata14b(), PlannedModels.bf16(4, 3, 1));
    var off =
        MemoryPlan.of(
            PlannedModels.nekomata14b(),
            new Setting(4, 3, 1, 2048, true, true, Precision.BF16, false, Samples.NONE));
    // The gradients of the output layer and its norm are there while they are updated.
    var inTransit = (152_064L + 1) * 5120 / 4 * 4;
    assertThat(on.hostBytes()).isZero();
    assertThat(off.hostBytes()).isEqualTo(on.bytes("optimizer state") + inTransit);
    assertThat(off.deviceBytes()).isEqualTo(on.deviceBytes() - on.bytes("optimizer state"));
  }

  @Test
  void cpuRanksShareParametersAndHaveNoOtherMemoryToOffloadTo() {
    var gpu = new Setting(4, 3, 1, 2048, true, true, Precision.BF16, false, Samples.NONE);
    var cpu = new Setting(4, 3, 1, 2048, true, true, Precision.BF16, true, Samples.NONE);
    var onGpu = MemoryPlan.of(PlannedModels.nekomata14b(), gpu);
    var onCpu = MemoryPlan.of(PlannedModels.nekomata14b(), cpu);
    assertThat(onCpu.bytes("gathered parameters")).isZero();
    assertThat(onCpu.hostBytes()).isZero();
    // On a GPU more rows of logits exist at once.
    var rows = onGpu.bytes("loss in work") - onCpu.bytes("loss in work");
    assertThat(rows).isPositive();
    // The first rank makes the outer units' where their sums are.
    var unsummed = onGpu.bytes("gradients not yet summed");
    assertThat(onCpu.bytes("gradients not yet summed")).isEqualTo(unsummed * 3 / 4);
    // Blocks as large as these go back to the system at once.
    assertThat(onCpu.bytes(MemoryPlan.KEPT)).isZero();
    assertThat(onCpu.deviceBytes())
        .isEqualTo(
            onGpu.deviceBytes()
                + onGpu.hostBytes()
                - onGpu.bytes("gathered parameters")
                - rows
                - unsummed / 4);
  }

  /** What the operating system gave {@code bench/sizes}' model of 71M parameters, within 5 %. */
  @ParameterizedTest
  @CsvSource({
    "BF16, true, 2.298",
    "FP32, true, 2.642",
    "BF16, false, 2.420",
    "FP32, false, 2.802",
  })
  void cpuRanksNeedWhatTheOperatingSystemSays(
      Precision precision, boolean checkpointing, double gib) {
    var shape =
        Map.<String, Object>of(
            "vocab_size", 151_936,
            "hidden_size", 384,
            "intermediate_size", 1536,
            "num_hidden_layers", 6,
            "num_attention_heads", 6,
            "tie_word_embeddings", true);
    var layout = PlannedModels.small("qwen2", 2, shape);
    var setting = new Setting(4, 3, 1, 512, checkpointing, false, precision, true, Samples.NONE);
    var plan = MemoryPlan.of(layout, setting);
    assertThat(4.0 * plan.deviceBytes() / (1L << 30)).isCloseTo(gib, withinPercentage(5));
    assertThat(MemoryPlan.of(layout, PlannedModels.bf16(4, 3, 1)))
        .returns(0L, onGpu -> onGpu.bytes(MemoryPlan.KEPT));
  }

  @Test
  void checkpointingKeepsOneRowOfFp32ALayerAndToken() {
    var layout = PlannedModels.nekomata14b();
    var kept = MemoryPlan.of(layout, PlannedModels.bf16(4, 3, 6)).bytes("saved activations");
    assertThat(kept).isEqualTo(40L * 6 * 2048 * 5120 * 4);
    var all =
        MemoryPlan.of(
                layout,
                new Setting(4, 3, 6, 2048, false, false, Precision.BF16, false, Samples.NONE))
            .bytes("saved activations");
    assertThat(all).isGreaterThan(8 * kept);
  }
}
