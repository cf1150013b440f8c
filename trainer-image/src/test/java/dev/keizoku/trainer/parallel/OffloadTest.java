package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.keizoku.contract.train.Training.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffloadTest {
  private static final int STEPS = 8;

  @ParameterizedTest(name = "{0} ranks, stage {1}, {2}")
  @CsvSource({"1,0,FP32", "2,0,BF16", "4,1,FP32", "2,1,BF16", "2,2,FP32", "4,3,FP32", "4,3,BF16"})
  void offloadingChangesNoBit(int ranks, int stage, Precision precision) {
    var with = TinyRun.losses(TinyRun.offloadedRun(ranks, stage, precision, 1), true, STEPS);
    var without = TinyRun.losses(TinyRun.run(ranks, stage, false, precision, 1), true, STEPS);
    assertThat(with).containsExactly(without);
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}, {2}")
  @CsvSource({"1,0,FP32", "4,1,FP32", "4,2,BF16", "4,3,BF16"})
  void theDeviceHoldsNoneOfTheOptimizersState(int ranks, int stage, Precision precision) {
    var model = TinyRun.measuredModel();
    var shards = stage >= 1 ? ranks : 1;
    var longest = model.layout().units().stream().mapToLong(u -> u.elements()).max().orElseThrow();
    try (var trainer = TinyRun.start(model, TinyRun.offloadedRun(ranks, stage, precision, 1))) {
      for (var use : trainer.memoryUse()) {
        assertThat(use.optimizer()).isZero();
        assertThat((double) use.held())
            .isCloseTo(use.parameters() + use.gradients(), withPercentage(1));
        // Weights and both moments in fp32, and the gradients of the longest unit.
        assertThat((double) use.offloaded())
            .isCloseTo(
                (12.0 * model.config().parameters() + 4.0 * longest) / shards, withPercentage(5));
      }
    }
  }
}
