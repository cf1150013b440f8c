package dev.keizoku.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.contract.TrainRun.Precision;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.Segment;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan against what each rank of a real step holds. */
class MeasuredMemoryTest {
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
    var run = run(ranks, stage, microBatch, recompute, precision);
    var plan = MemoryPlan.of(layout, Setting.of(run));
    var devices = Collections.nCopies(ranks, Device.cpu());
    try (var trainer = DataParallelTrainer.start(new CausalLm(layout.config()), devices, run, 1)) {
      trainer.load(new RandomWeights(7, 0.02));
      trainer.gradients(batch());
      trainer.update(0, 1e-4, 1);
      for (var rank : trainer.memoryUse()) {
        assertThat(rank.parameters()).isCloseTo(plan.bytes("parameters"), withPercentage(5));
        assertThat(rank.gradients()).isCloseTo(plan.bytes("gradients"), withPercentage(5));
        assertThat(rank.optimizer()).isCloseTo(plan.bytes("optimizer state"), withPercentage(5));
        assertThat(rank.peak()).isCloseTo(plan.deviceBytes(), withPercentage(10));
      }
    }
  }

  private static TrainRun run(
      int ranks, int stage, int microBatch, boolean recompute, Precision precision) {
    return new TrainRun(
        "uid",
        "run",
        null,
        null,
        null,
        null,
        null,
        null,
        LENGTH,
        new TrainRun.Training(null, 1, 8, microBatch, 1e-4, 0, 0, null, null),
        new TrainRun.Optimizer(0.9, 0.95, 1e-8, 0.1, 1.0),
        new TrainRun.Parallelism(
            ranks, TrainRun.DeviceType.CPU, stage, false, recompute, precision),
        null,
        1,
        null,
        null,
        null,
        null);
  }

  private static List<PackedSequence> batch() {
    var batch = new ArrayList<PackedSequence>();
    for (var i = 0; i < 8; i++) {
      batch.add(
          new PackedSequence(new int[LENGTH], new int[LENGTH], List.of(new Segment(0, LENGTH)), 0));
    }
    return batch;
  }
}
