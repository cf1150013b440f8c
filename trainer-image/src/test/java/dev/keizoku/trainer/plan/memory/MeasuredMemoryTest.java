package dev.keizoku.trainer.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.SamplePrompts;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.parallel.BareRun;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.MemoryUse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan against what each rank of a real step holds. */
class MeasuredMemoryTest {
  private static final SamplePrompts NO_SAMPLES = new SamplePrompts(null, 0);
  private static final int LENGTH = 96;

  @ParameterizedTest
  @CsvSource({
    "1, 0, 2, false, FP32",
    "2, 1, 1, true,  FP32",
    "2, 2, 4, true,  BF16",
    "2, 3, 2, false, BF16",
    "1, 3, 1, true,  FP32",
    "4, 3, 2, true,  BF16",
    "4, 3, 1, true,  FP32",
  })
  void aStep(int ranks, int stage, int microBatch, boolean recompute, Precision precision) {
    var layout = PlannedModels.small("llama", 2);
    var run = run(LENGTH, microBatch, parallelism(ranks, stage, recompute), precision, NO_SAMPLES);
    var plan = MemoryPlan.of(layout, Setting.of(run));
    try (var trainer = start(layout, run)) {
      trainer.gradients(batch(LENGTH));
      trainer.update(1e-4, 1);
      for (var rank : trainer.memoryUse()) {
        assertThat(rank.parameters()).isCloseTo(plan.bytes("parameters"), withPercentage(5));
        assertThat(rank.gradients()).isCloseTo(plan.bytes("gradients"), withPercentage(5));
        assertThat(rank.optimizer()).isCloseTo(plan.bytes("optimizer state"), withPercentage(5));
      }
      // The first needs less than the others, see MemoryPlan.
      var peak = trainer.memoryUse().stream().mapToLong(MemoryUse::peak).average().orElseThrow();
      assertThat(peak).isCloseTo(tensors(plan), withPercentage(10));
    }
  }

  /** A mask of sequence x sequence, where the window is shorter than the document. */
  @ParameterizedTest
  @CsvSource({"64, FP32, true", "64, BF16, true", "64, BF16, false", "512, BF16, true"})
  void aStepOfSlidingWindows(int window, Precision precision, boolean recompute) {
    var length = 512;
    var layout = PlannedModels.sliding(window);
    var run = run(length, 1, parallelism(1, 1, recompute), precision, NO_SAMPLES);
    var plan = MemoryPlan.of(layout, Setting.of(run));
    var mask = window < length ? 4L * length * length : 0;
    assertThat(plan.bytes("sliding window's mask")).isEqualTo(mask);
    assertThat(mask == 0 || mask > tensors(plan) / 10).as("it would be missed").isTrue();
    try (var trainer = start(layout, run)) {
      trainer.gradients(batch(length));
      trainer.update(1e-4, 1);
      assertThat(trainer.memoryUse().getFirst().peak())
          .isCloseTo(tensors(plan), withPercentage(10));
    }
  }

  /** Short sequences and long prompts; then writing is the fullest moment. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, FP32, 1000, 120 120 120 120 120 120 120 120 120 120, 24",
    "1, 1, BF16, 1000, 120 120 120 120 120 120 120 120 120 120, 24",
    "2, 3, BF16, 1000, 20 450 20, 200",
    "2, 1, FP32, 1000, 20 30 450 90 300, 1000",
    "1, 0, BF16, 64, 400 30, 8",
    "1, 0, FP32, 64, 400 30, 8",
  })
  void sampleTexts(
      int ranks, int stage, Precision precision, int window, String prompts, int newTokens) {
    var lengths = Arrays.stream(prompts.split(" ")).map(Integer::valueOf).toList();
    var texts = lengths.stream().map("\u682a"::repeat).toList();
    var layout = PlannedModels.sliding(window);
    var asked = new SamplePrompts(texts, newTokens);
    var run = run(8, 1, parallelism(ranks, stage, true), precision, asked);
    var plan = MemoryPlan.of(layout, Setting.of(run));
    assertThat(plan.bytes("samples' keys and values")).isPositive();
    try (var trainer = start(layout, run)) {
      trainer.gradients(batch(8));
      trainer.update(1e-4, 1);
      var ids = lengths.stream().map(int[]::new).toList();
      trainer.continueGreedily(ids, Math.min(newTokens, 256), token -> false);
      var peak = trainer.memoryUse().stream().mapToLong(MemoryUse::peak).max().orElseThrow();
      assertThat(peak).isCloseTo(tensors(plan), withPercentage(10));
    }
  }

  /** Held-out evaluation is a step's forward pass that keeps less. */
  @ParameterizedTest
  @CsvSource({"1, 0, FP32", "2, 3, BF16"})
  void evaluationAddsNothing(int ranks, int stage, Precision precision) {
    var layout = PlannedModels.sliding(64);
    var run = run(LENGTH, 2, parallelism(ranks, stage, true), precision, NO_SAMPLES);
    try (var trainer = start(layout, run)) {
      trainer.gradients(batch(LENGTH));
      var step = trainer.memoryUse();
      trainer.meanLoss(new HeldOutSet("held-out", batch(LENGTH)));
      assertThat(trainer.memoryUse()).isEqualTo(step);
    }
  }

  /** What is counted here knows of no allocator. */
  private static long tensors(MemoryPlan plan) {
    return plan.deviceBytes() - plan.bytes(MemoryPlan.KEPT);
  }

  private static DataParallelTrainer start(ModelLayout layout, TrainRun run) {
    var devices = Collections.nCopies(run.parallelism().devices(), Device.cpu());
    var trainer = DataParallelTrainer.start(new CausalLm(layout.config()), devices, run, 1);
    trainer.load(new RandomWeights(7, 0.02));
    return trainer;
  }

  private static Parallelism parallelism(int ranks, int stage, boolean recompute) {
    return new Parallelism(ranks, Parallelism.DeviceType.CPU, null, stage, false, recompute);
  }

  private static TrainRun run(
      int length,
      int microBatch,
      Parallelism parallelism,
      Precision precision,
      SamplePrompts samplePrompts) {
    var training = BareRun.training(length, 1, 8, microBatch, 1e-4, precision);
    var optimizer = new Optimizer(0.9, 0.95, 1e-8, 0.1, 1.0);
    return BareRun.of(training, optimizer, parallelism, samplePrompts);
  }

  private static List<PackedSequence> batch(int length) {
    return Collections.nCopies(
        8,
        new PackedSequence(new int[length], new int[length], List.of(new Segment(0, length)), 0));
  }
}
