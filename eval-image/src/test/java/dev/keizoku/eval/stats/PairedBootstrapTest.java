package dev.keizoku.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MeanScores;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {
  private final PairedBootstrap bootstrap = new PairedBootstrap(2000, 0.95, 7);

  @Test
  void aModelIsNotDifferentFromItself() {
    var scores = random(100, 1, 0.5);
    var interval = delta("fp2", scores, scores).interval(0.95);
    assertThat(interval).isEqualTo(new Interval(0, 0));
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
    var interval = delta("fp2", new MeanScores(base), new MeanScores(tuned)).interval(0.95);
    double error = Math.sqrt(0.04 * 0.96 / 1000);
    assertThat(interval.low()).isCloseTo(0.04 - 1.96 * error, within(0.002));
    assertThat(interval.high()).isCloseTo(0.04 + 1.96 * error, within(0.002));
  }

  @Test
  void theSameSeedGivesTheSameDraws() {
    var base = random(200, 1, 0.4);
    assertThat(drawn(bootstrap, "fp2", base)).isEqualTo(drawn(bootstrap, "fp2", base));
    assertThat(drawn(bootstrap, "fp2", base))
        .isNotEqualTo(drawn(bootstrap, "chabsa", base))
        .isNotEqualTo(drawn(new PairedBootstrap(2000, 0.95, 8), "fp2", base));
  }

  @Test
  void allModelsAndPromptsOfATaskGetTheSameDraw() {
    var one = random(200, 1, 0.4);
    var other = random(200, 2, 0.5);
    var together = bootstrap.scores("fp2", Units.each(200), List.of(one, other));
    assertThat(together[0]).isEqualTo(drawn(bootstrap, "fp2", one));
    assertThat(together[1]).isEqualTo(drawn(bootstrap, "fp2", other));
  }

  @Test
  void whatBelongsTogetherIsDrawnTogether() {
    // Each question four times over: as one by one the interval would be half as wide.
    var single = random(100, 1, 0.5);
    var fourfold = new double[400];
    var keys = new String[400];
    for (int i = 0; i < 400; i++) {
      fourfold[i] = single.values()[i / 4];
      keys[i] = "sentence " + i / 4;
    }
    var units = Units.byKey(List.of(keys));
    assertThat(units.count()).isEqualTo(100);
    assertThat(bootstrap.scores("x", units, List.of(new MeanScores(fourfold)))[0])
        .isEqualTo(drawn(bootstrap, "x", single));
  }

  @Test
  void aMeanOverTasksDrawsEachForItself() {
    var one = delta("fp2", random(50, 1, 0.2), random(50, 2, 0.6));
    var two = delta("chabsa", random(500, 3, 0.5), random(500, 4, 0.5));
    var mean = Estimate.mean(List.of(one, two));
    assertThat(mean.value()).isCloseTo((one.value() + two.value()) / 2, within(1e-15));
    assertThat(mean.standardError())
        .isCloseTo(Math.hypot(one.standardError(), two.standardError()) / 2, within(1e-12));
    assertThat(width(mean.interval(0.95)))
        .isLessThan(width(one.interval(0.95)) / 2 + width(two.interval(0.95)) / 2);
  }

  @Test
  void unequalQuestionsCannotBePaired() {
    var scores = List.<ItemScores>of(random(2, 1, 0.5), random(3, 1, 0.5));
    assertThatThrownBy(() -> bootstrap.scores("fp2", Units.each(2), scores))
        .hasMessageContaining("A model has scores of 3 items, the task 2");
  }

  @Test
  void percentilesAreInterpolated() {
    assertThat(Interval.percentile(new double[] {1, 2, 3, 4, 5}, 0.05)).isEqualTo(1.2);
  }

  private Estimate delta(String task, ItemScores base, ItemScores tuned) {
    var drawn = bootstrap.scores(task, Units.each(base.size()), List.of(base, tuned));
    var deltas = new double[drawn[0].length];
    for (int r = 0; r < deltas.length; r++) {
      deltas[r] = drawn[1][r] - drawn[0][r];
    }
    return Estimate.of(tuned.score() - base.score(), deltas, base.size());
  }

  private static double[] drawn(PairedBootstrap bootstrap, String task, ItemScores scores) {
    return bootstrap.scores(task, Units.each(scores.size()), List.of(scores))[0];
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
