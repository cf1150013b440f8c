package dev.keizoku.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

  @Test
  void accuracyTakesTheFirstOfATieAndMeanAveragePrecisionTheLast() {
    var tie = new Outcome(0, new double[] {-1, -1, -2}, new int[] {1, 1, 1});
    assertThat(Metric.ACC.over(List.of(tie)).score()).isEqualTo(1);
    assertThat(Metric.MAP.over(List.of(tie)).score()).isEqualTo(0.5);
  }

  @Test
  void normIsByCodePoints() {
    var outcome = new Outcome(1, new double[] {-1, -3}, new int[] {1, 4});
    assertThat(Metric.ACC.over(List.of(outcome)).score()).isZero();
    assertThat(Metric.ACC_NORM.over(List.of(outcome)).score()).isEqualTo(1);
  }

  @Test
  void deepRanksCountNothing() {
    var third = new Outcome(2, new double[] {-1, -2, -3}, new int[] {1, 1, 1});
    assertThat(Metric.MAP.over(List.of(third)).score()).isEqualTo(1.0 / 3);
    assertThat(Metric.MAP_2.over(List.of(third)).score()).isZero();
    assertThat(Metric.MAP_3.over(List.of(third)).score()).isEqualTo(1.0 / 3);
  }

  @Test
  void alwaysPositiveGivesThePublishedF1OfSuchAModel() {
    assertThat(Metric.F1.over(chabsa(new double[] {-1, -2})).score())
        .isCloseTo(0.35946, within(5e-6));
  }

  /** Reciprocal ranks are no share of right answers: what guessing gives is not one over all. */
  @Test
  void guessingIsToldOfRightAnswersOnly() {
    var two = List.of(new Outcome(0, new double[] {-1, -2}, new int[] {8, 8}));
    assertThat(Guessing.score(Metric.ACC, two)).isEqualTo(0.5);
    assertThat(Guessing.score(Metric.MAP, two)).isNull();
    assertThat(Guessing.score(Metric.MAP_2_NORM, two)).isNull();
  }

  @Test
  void f1OverAResampleCountsEachDraw() {
    var outcomes =
        List.of(
            new Outcome(0, new double[] {-1, -2}, new int[] {8, 8}),
            new Outcome(1, new double[] {-2, -1}, new int[] {8, 8}),
            new Outcome(1, new double[] {-1, -2}, new int[] {8, 8}));
    var scores = Metric.F1.over(outcomes);
    assertThat(over(scores, 0, 1, 2)).isEqualTo(scores.score());
    // Label 0: 2 of 2 right, predicted 3 times; label 1: no right one, gold once.
    assertThat(over(scores, 0, 0, 2)).isEqualTo((4.0 / 5 + 0) / 2 * 1.5);
    assertThat(scores.standardError()).isEmpty();
  }

  @Test
  void theStandardErrorOfOneQuestionIsUnknown() {
    assertThat(new MeanScores(new double[] {1}).standardError()).isEmpty();
  }

  /** Targets of any length can be scored: by the character, where perplexity counts the whole. */
  @Test
  void continuationsHaveBitsACharacter() {
    var one = new Outcome(0, new double[] {-900}, new int[] {500}, new boolean[1], null);
    var two = new Outcome(0, new double[] {-100}, new int[] {300}, new boolean[1], null);
    assertThat(Metric.BITS_PER_CHAR.over(List.of(one, two)).score())
        .isCloseTo(1000 / 800.0 / Math.log(2), within(1e-12));
    assertThat(Metric.PERPLEXITY.over(List.of(one, two)).score()).isFinite();
    assertThat(((RatioScores) Metric.PERPLEXITY.over(List.of(one, two))).largest()).isInfinite();
  }

  private static double over(ItemScores scores, int... items) {
    var sums = new double[scores.width()];
    for (int item : items) {
      scores.add(item, sums);
    }
    return scores.of(sums);
  }

  private static List<Outcome> chabsa(double[] logLikelihoods) {
    var outcomes = new ArrayList<Outcome>();
    for (int i = 0; i < 4334 + 3131 + 258; i++) {
      int gold = i < 4334 ? 0 : i < 4334 + 3131 ? 1 : -100;
      outcomes.add(new Outcome(gold, logLikelihoods, new int[] {8, 8}));
    }
    return outcomes;
  }
}
