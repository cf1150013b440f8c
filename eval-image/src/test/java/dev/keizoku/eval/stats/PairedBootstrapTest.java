package dev.keizoku.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.eval.metric.MeanScores;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  private final PairedBootstrap bootstrap = new PairedBootstrap(2000, 0.95, 7);

  @Test
  void aModelIsNotDifferentFromItself() {
    var scores = random(100, 1, 0.5);
    var interval = bootstrap.interval(bootstrap.deltas("fp2", scores, scores));
    assertThat(interval).isEqualTo(new Interval(0, 0));
    assertThat(interval.containsZero()).isTrue();
  }

  @Test
  void theIntervalIsThatOfThePairedDifference() {
    // Questions that both get right or wrong do not widen it: only 40 of 1000 differ here.
    var base = new double[1000];
    var tuned = new double[1000];
    for (int i = 0; i < 1000; i++) {
      base[i] = i % 2;
      tuned[i] = i < 80 && i % 2 == 0 ? 1 : base[i];
    }
    var deltas = bootstrap.deltas("fp2", new MeanScores(base), new MeanScores(tuned));
    double error = Math.sqrt(0.04 * 0.96 / 1000);
    var interval = bootstrap.interval(deltas);
    assertThat(interval.low()).isCloseTo(0.04 - 1.96 * error, within(0.002));
    assertThat(interval.high()).isCloseTo(0.04 + 1.96 * error, within(0.002));
    assertThat(interval.containsZero()).isFalse();
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    var base = random(200, 1, 0.4);
    var tuned = random(200, 2, 0.5);
    assertThat(bootstrap.deltas("fp2", base, tuned))
        .isEqualTo(bootstrap.deltas("fp2", base, tuned));
    assertThat(bootstrap.deltas("fp2", base, tuned))
        .isNotEqualTo(bootstrap.deltas("chabsa", base, tuned))
        .isNotEqualTo(new PairedBootstrap(2000, 0.95, 8).deltas("fp2", base, tuned));
  }

  @Test
  void overallDrawsEachTaskForItself() {
    var one = bootstrap.deltas("fp2", random(50, 1, 0.2), random(50, 2, 0.6));
    var two = bootstrap.deltas("chabsa", random(500, 3, 0.5), random(500, 4, 0.5));
    var overall = bootstrap.overallDeltas(List.of(one, two));
    assertThat(overall[17]).isCloseTo((one[17] + two[17]) / 2, within(1e-15));
    assertThat(width(bootstrap.interval(overall)))
        .isLessThan(width(bootstrap.interval(one)) / 2 + width(bootstrap.interval(two)) / 2);
  }

  @Test
  void unequalQuestionsCannotBePaired() {
    var base = random(2, 1, 0.5);
    var tuned = random(3, 1, 0.5);
    assertThatThrownBy(() -> bootstrap.deltas("fp2", base, tuned)).hasMessageContaining("2");
  }

  @Test
  void percentilesAreInterpolated() {
    assertThat(Interval.ofSample(new double[] {4, 1, 3, 2, 5}, 0.9))
        .isEqualTo(new Interval(1.2, 4.8));
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }

  private static MeanScores random(int size, long seed, double share) {
    var random = new SplittableRandom(seed);
    var values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextDouble() < share ? 1 : 0;
    }
    return new MeanScores(values);
  }
}
