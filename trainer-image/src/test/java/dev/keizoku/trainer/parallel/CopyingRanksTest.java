package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.trainer.plan.memory.MemoryPlan;
import dev.keizoku.trainer.plan.memory.Samples;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What ranks on GPUs do, on CPUs: they copy slices from each other and fetch a unit ahead, where
 * CPU ranks otherwise share memory.
 */
class CopyingRanksTest {
  private static final int STEPS = 8;

  private static CausalLm model(int layers, boolean tied) {
    return new CausalLm(
        ModelConfig.of(
            Map.of(
                "model_type", "qwen2",
                "vocab_size", 40,
                "hidden_size", 64,
                "intermediate_size", 160,
                "num_hidden_layers", layers,
                "num_attention_heads", 4,
                "tie_word_embeddings", tied)));
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}, activation checkpointing {2}, {3}, tied {4}")
  @CsvSource({
    "2,1,false,FP32,false",
    "4,1,true,BF16,false",
    "2,2,false,FP32,true",
    "4,2,true,BF16,false",
    "2,3,true,FP32,false",
    "4,3,false,FP32,true",
    "4,3,true,FP32,true",
    "4,3,false,BF16,false"
  })
  void theBitsAreThoseOfSharedMemory(
      int ranks, int stage, boolean recompute, Precision precision, boolean tied) {
    // In stage 1 copying ranks first add up what is theirs: the same only where that is one sum.
    var microBatch = stage == 1 ? TinyRun.BATCH / ranks : 1;
    var run = TinyRun.run(ranks, stage, recompute, precision, microBatch);
    var model = TinyRun.model(tied);
    assertThat(TinyRun.losses(TinyRun.startCopying(model, run), STEPS))
        .containsExactly(TinyRun.losses(TinyRun.start(model, run), STEPS));
  }

  @ParameterizedTest(name = "{0} layers, activation checkpointing {1}, {2}")
  @CsvSource({"3,false,FP32", "3,true,FP32", "6,true,FP32", "6,true,BF16"})
  void theUnitInUseAndTheNextAreGatheredAndNoMore(
      int layers, boolean recompute, Precision precision) {
    var model = model(layers, false);
    var run = TinyRun.run(4, 3, recompute, precision, 1);
    var setting =
        new Setting(
            4,
            3,
            1,
            run.training().sequenceLength(),
            recompute,
            false,
            precision,
            false,
            Samples.NONE);
    var plan = MemoryPlan.of(model.layout(), setting);
    var block = model.layout().units().get(1).elements() * (precision == Precision.BF16 ? 2 : 4);
    assertThat(plan.bytes("gathered parameters")).isEqualTo(2 * block);
    try (var trainer = TinyRun.startCopying(model, run)) {
      trainer.gradients(TinyRun.batch(0));
      trainer.update(1e-2, 1);
      for (var rank : trainer.memoryUse()) {
        assertThat(rank.peak()).isCloseTo(plan.deviceBytes(), withPercentage(10));
      }
    }
    try (var trainer = TinyRun.start(model, run)) {
      trainer.gradients(TinyRun.batch(0));
      // The first rank makes fp32 gradients where their sums are.
      var inPlace = precision == Precision.BF16 ? 0 : block / 4.0;
      var peak = trainer.memoryUse().stream().mapToLong(MemoryUse::peak).average().orElseThrow();
      assertThat(peak).isCloseTo(plan.deviceBytes() - 2.0 * block - inPlace, withPercentage(10));
    }
  }

  @ParameterizedTest(name = "{0} layers, {1}, tied {2}, prompts of {3} tokens")
  @CsvSource({"1,FP32,false,90", "3,BF16,false,90", "3,FP32,true,90"})
  void sampleTextsGatherTheUnitInUseAndKeepTheOneBefore(
      int layers, Precision precision, boolean tied, int promptTokens) {
    var model = model(layers, tied);
    var run = TinyRun.run(4, 3, true, precision, 1);
    var samples = new Samples(Collections.nCopies(8, promptTokens), 16);
    var setting = new Setting(4, 3, 1, 1, true, false, precision, false, samples);
    var plan = MemoryPlan.of(model.layout(), setting);
    assertThat(plan.bytes("samples' keys and values")).isPositive();
    try (var trainer = TinyRun.startCopying(model, run)) {
      trainer.continueGreedily(Collections.nCopies(8, new int[promptTokens]), 16, token -> false);
      for (var rank : trainer.memoryUse()) {
        assertThat(rank.peak()).isCloseTo(plan.deviceBytes(), withPercentage(10));
      }
    }
  }
}
