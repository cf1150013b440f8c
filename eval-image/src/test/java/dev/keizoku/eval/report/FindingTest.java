package dev.keizoku.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.result.Comparison;
import dev.keizoku.eval.result.Measure;
import dev.keizoku.eval.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {

  @Test
  void anIntervalWithZeroInItIsNoise() {
    assertThat(Finding.sentence(row(0.30, 0.34, new Interval(-0.01, 0.09)), 0.95))
        .isEqualTo(
            "fp2: the difference of +0.0400 (-0.0100 to +0.0900 at 95%) is within noise: these 475"
                + " questions do not tell tuned from the base model.");
  }

  @Test
  void anIntervalOnOneSideIsADifference() {
    assertThat(Finding.sentence(row(0.30, 0.40, new Interval(0.05, 0.15)), 0.95))
        .isEqualTo(
            "fp2: tuned is better than the base model by 0.1000 (+0.0500 to +0.1500 at 95%), more"
                + " than noise explains.");
    assertThat(Finding.sentence(row(0.40, 0.30, new Interval(-0.15, -0.05)), 0.995))
        .contains("worse than the base model by 0.1000", "at 99.5%");
  }

  @Test
  void otherWrongAnswersAreNotTheSameAnswers() {
    var same = new Measure(0.3, 0.02);
    var none = new Interval(0, 0);
    var other = new Comparison("fp2", "acc", "tuned", same, same, 0, none, 475, 0, 0, 7, 0.25);
    assertThat(Finding.sentence(other, 0.95)).contains("is within noise");
    var equal = new Comparison("fp2", "acc", "tuned", same, same, 0, none, 475, 0, 0, 0, 0.25);
    assertThat(Finding.sentence(equal, 0.95))
        .isEqualTo("tuned answers every question of fp2 as the base model does.");
  }

  @Test
  void scoresOfGuessersAreCalledSo() {
    var guess = row(0.26, 0.24, new Interval(-0.05, 0.02));
    var knows = row(0.26, 0.45, new Interval(0.1, 0.25));
    assertThat(Finding.nearChance(List.of(guess))).contains("better than guessing on fp2");
    assertThat(Finding.nearChance(List.of(knows))).isEmpty();
  }

  private static Comparison row(double base, double tuned, Interval interval) {
    return new Comparison(
        "fp2",
        "acc",
        "tuned",
        new Measure(base, 0.02),
        new Measure(tuned, 0.02),
        tuned - base,
        interval,
        475,
        30,
        20,
        55,
        0.25);
  }
}
