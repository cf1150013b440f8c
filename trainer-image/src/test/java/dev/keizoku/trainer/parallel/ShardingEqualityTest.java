package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.TrainRun.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardingEqualityTest {
  private static final int STEPS = 20;
  private static final double[] REFERENCE =
      TinyRun.losses(TinyRun.run(1, 0, false, Precision.FP32, TinyRun.BATCH), true, STEPS);

  @Test
  void theModelLearns() {
    assertThat(REFERENCE[STEPS - 1]).isLessThan(0.8 * REFERENCE[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,false,2", "2,0,false,4", "2,1,true,2", "2,2,false,4", "2,3,false,2",
    "4,0,true,1", "4,1,false,2", "4,2,true,1", "4,3,true,2", "1,3,true,8"
  })
  void everyShardingGivesTheSameCurve(int ranks, int stage, boolean recompute, int microBatch) {
    var run = TinyRun.run(ranks, stage, recompute, Precision.FP32, microBatch);
    var losses = TinyRun.losses(run, true, STEPS);
    for (var step = 0; step < STEPS; step++) {
      assertThat(losses[step]).isCloseTo(REFERENCE[step], within(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({"4,1", "4,2", "4,3", "2,0"})
  void theSameRunGivesTheSameBits(int ranks, int stage) {
    var run = TinyRun.run(ranks, stage, true, Precision.FP32, 1);
    assertThat(TinyRun.losses(run, false, 6)).containsExactly(TinyRun.losses(run, false, 6));
  }

  @Test
  void activationCheckpointingChangesNoBit() {
    var with = TinyRun.losses(TinyRun.run(2, 3, true, Precision.FP32, 2), true, 6);
    var without = TinyRun.losses(TinyRun.run(2, 3, false, Precision.FP32, 2), true, 6);
    assertThat(with).containsExactly(without);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "4,3", "2,2"})
  void halfPrecisionStaysClose(int ranks, int stage) {
    var losses = TinyRun.losses(TinyRun.run(ranks, stage, false, Precision.BF16, 2), true, STEPS);
    for (var step = 0; step < STEPS; step++) {
      assertThat(losses[step]).isCloseTo(REFERENCE[step], within(0.05));
    }
  }
}
