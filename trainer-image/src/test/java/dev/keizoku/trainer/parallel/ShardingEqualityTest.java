package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training.Precision;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ZeRO stages 0 to 3 on 1, 2 and 4 ranks, with and without activation checkpointing. */
class ShardingEqualityTest {
  private static final int STEPS = 20;
  private static final double FP32_TOLERANCE = 1e-5;

  /** Bf16 has 8 bits of fraction, the losses begin near 4; what was seen is at most 0.02. */
  private static final double BF16_TOLERANCE = 0.03;

  // Each run is made once, whatever it is compared with.
  private static final Map<TrainRun, double[]> CURVES = new HashMap<>();

  private static double[] curve(int ranks, int stage, boolean recompute, Precision precision) {
    return CURVES.computeIfAbsent(
        run(ranks, stage, recompute, precision), run -> TinyRun.losses(run, true, STEPS));
  }

  // Two micro-batches a rank.
  private static TrainRun run(int ranks, int stage, boolean recompute, Precision precision) {
    return TinyRun.run(ranks, stage, recompute, precision, TinyRun.BATCH / ranks / 2);
  }

  private static double[] reference() {
    return curve(1, 0, false, Precision.FP32);
  }

  private static Stream<Arguments> ranksAndStages() {
    return Stream.of(1, 2, 4)
        .flatMap(ranks -> Stream.of(0, 1, 2, 3).map(stage -> Arguments.of(ranks, stage)));
  }

  private static Stream<Arguments> everySharding() {
    return ranksAndStages()
        .flatMap(
            pair ->
                Stream.of(false, true)
                    .map(recompute -> Arguments.of(pair.get()[0], pair.get()[1], recompute)));
  }

  @Test
  void theModelLearns() {
    assertThat(reference()[STEPS - 1]).isLessThan(0.8 * reference()[0]);
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}, activation checkpointing {2}")
  @MethodSource("everySharding")
  void everyShardingGivesTheSameCurve(int ranks, int stage, boolean recompute) {
    assertThat(curve(ranks, stage, recompute, Precision.FP32))
        .containsExactly(reference(), within(FP32_TOLERANCE));
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}")
  @MethodSource("ranksAndStages")
  void activationCheckpointingChangesNoBit(int ranks, int stage) {
    assertThat(curve(ranks, stage, true, Precision.FP32))
        .containsExactly(curve(ranks, stage, false, Precision.FP32));
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}")
  @CsvSource({"2,0", "4,0", "4,1", "4,2", "2,3", "4,3"})
  void theSameRunGivesTheSameBits(int ranks, int stage) {
    assertThat(TinyRun.losses(run(ranks, stage, true, Precision.FP32), true, STEPS))
        .containsExactly(curve(ranks, stage, true, Precision.FP32));
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}, activation checkpointing {2}")
  @CsvSource({"2,1,true", "4,2,false", "4,3,true"})
  void soDoesAModelWithAHeadOfItsOwn(int ranks, int stage, boolean recompute) {
    var alone = TinyRun.losses(run(1, 0, false, Precision.FP32), false, STEPS);
    assertThat(TinyRun.losses(run(ranks, stage, recompute, Precision.FP32), false, STEPS))
        .containsExactly(alone, within(FP32_TOLERANCE));
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}, activation checkpointing {2}")
  @CsvSource({"1,0,false", "2,1,false", "2,2,true", "4,3,false", "4,3,true"})
  void halfPrecisionStaysClose(int ranks, int stage, boolean recompute) {
    assertThat(curve(ranks, stage, recompute, Precision.BF16))
        .containsExactly(reference(), within(BF16_TOLERANCE));
  }
}
