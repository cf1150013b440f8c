package dev.keizoku.trainer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossSpikeGuardTest {
  /** Median 3, median absolute deviation 0.1: one robust deviation is 0.14826. */
  private static final List<Double> WINDOW = List.of(2.8, 2.9, 3.0, 3.1, 3.2);

  private final LossSpikeGuard guard = new LossSpikeGuard(5, 5, 6, 1, 0.001);

  @ParameterizedTest
  @CsvSource({
    "3.0, false",
    "3.88, false", // 5.94 deviations
    "3.90, true", // 6.07 deviations
    "1.00, false", // a fall is welcome
    "50, true",
  })
  void aJumpAboveTheThresholdIsASpike(double loss, boolean spike) {
    var before = new LossSpikeGuard.State(WINDOW, 0);
    var verdict = guard.check(before, reading(40, loss));
    assertThat(verdict.decision() instanceof Decision.Rollback).isEqualTo(spike);
    if (spike) {
      assertThat(verdict.state().losses()).as("a spike stays out").isEqualTo(WINDOW);
    } else {
      assertThat(verdict.state().losses()).containsExactly(2.9, 3.0, 3.1, 3.2, loss);
    }
  }

  @Test
  void nothingIsASpikeBeforeTheWindowHasItsMinimum() {
    var state = new LossSpikeGuard.State(WINDOW.subList(0, 4), 0);
    assertThat(guard.check(state, reading(4, 1000)).isContinue()).isTrue();
  }

  @Test
  void itIsTheStepsLossThatCountsNotTheMeanOfTheRanks() {
    // One rank scored three times as many tokens as the other: 3 x 3.0 and 7.0 are 4.0, not 5.0.
    var before = new LossSpikeGuard.State(WINDOW, 0);
    var reading = new StepReading(40, 4.0, new double[] {3.0, 7.0}, new double[] {1, 1});
    var alone = new StepReading(40, 4.0, new double[] {4.0}, new double[] {1});
    assertThat(guard.check(before, reading)).isEqualTo(guard.check(before, alone));
  }

  @Test
  void patienceWaitsForSpikesInARow() {
    var patient = new LossSpikeGuard(5, 5, 6, 2, 0.001);
    var first = patient.check(new LossSpikeGuard.State(WINDOW, 0), reading(40, 9));
    assertThat(first.isContinue()).isTrue();
    var calm = patient.check(first.state(), reading(41, 3));
    assertThat(calm.state().streak()).isZero();
    var second = patient.check(first.state(), reading(41, 9));
    assertThat(second.decision())
        .isInstanceOfSatisfying(
            Decision.Rollback.class,
            rollback -> {
              assertThat(rollback.firstStep()).isEqualTo(40);
              assertThat(rollback.lastStep()).isEqualTo(41);
              assertThat(rollback.why()).contains("the loss 9.000 is 40.5 robust deviations");
            });
  }

  @Test
  void equalLossesDoNotMakeNoiseASpike() {
    var flat = new LossSpikeGuard.State(List.of(2.0, 2.0, 2.0, 2.0, 2.0), 0);
    assertThat(guard.check(flat, reading(9, 2.011)).isContinue()).isTrue();
    assertThat(guard.check(flat, reading(9, 2.013)).isContinue()).isFalse();
  }

  @Test
  void anOrdinaryNoisyCurveHasNone() {
    var defaults = Guards.DEFAULT.spike();
    var noise = new Random(7);
    var state = LossSpikeGuard.State.START;
    for (int step = 0; step < 2000; step++) {
      var loss = 2 + 3 * Math.exp(-step / 300.0) + 0.15 * noise.nextGaussian();
      var verdict = defaults.check(state, reading(step, loss));
      assertThat(verdict.isContinue()).as("step %d", step).isTrue();
      state = verdict.state();
    }
    assertThat(defaults.check(state, reading(2000, 5)).isContinue()).isFalse();
  }

  @Test
  void refusesNumbersThatCannotBe() {
    IntStream.of(0, 1, 2)
        .forEach(
            minimum ->
                assertThatThrownBy(() -> new LossSpikeGuard(5, minimum, 6, 1, 0.01))
                    .isInstanceOf(IllegalArgumentException.class));
  }

  private static StepReading reading(long step, double loss) {
    return new StepReading(step, loss, new double[] {loss - 0.5, loss + 0.5}, new double[] {1, 1});
  }
}
