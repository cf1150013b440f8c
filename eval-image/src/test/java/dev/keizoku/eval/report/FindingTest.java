package dev.keizoku.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.words.Language;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Counts;
import dev.keizoku.eval.compare.Evidence;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.stats.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final Finding PLAIN = finding(0.95, null);
  private static final Finding WITH_MARGIN = finding(0.95, 0.02);

  @Test
  void aLargePValueIsNoiseAndSaysWhatCouldHaveBeenSeen() {
    assertThat(PLAIN.sentence(row(0.30, 0.34, new Interval(-0.01, 0.09), 0.12, 0.24)))
        .isEqualTo(
            "fp2: the difference of +0.0400 (-0.0100 to +0.0900 at 95%, p 0.12, over all tasks"
                + " 0.24) is within noise: these questions do not tell tuned from the base model,"
                + " and could have shown a difference of 0.0700.");
  }

  @Test
  void aSmallPValueIsADifference() {
    assertThat(PLAIN.sentence(row(0.30, 0.40, new Interval(0.05, 0.15), 0.0001, 0.0001)))
        .isEqualTo(
            "fp2: tuned is better than the base model by 0.1000 (+0.0500 to +0.1500 at 95%, p"
                + " 1e-4), more than noise explains.");
    assertThat(
            finding(0.995, null)
                .sentence(row(0.40, 0.30, new Interval(-0.15, -0.05), 0.0001, 0.0005)))
        .contains("worse than the base model by 0.1000", "at 99.5%");
  }

  @Test
  void oneOfManyTestsMustBeSmallAmongAllOfThem() {
    // 4 gained, none lost: the interval leaves out 0, the exact test over five tasks does not.
    var row = row(0.30, 0.40, new Interval(0.01, 0.2), 0.125, 0.625);
    assertThat(PLAIN.sentence(row)).contains("is within noise");
  }

  @Test
  void asGoodNeedsAMargin() {
    var close = row(0.300, 0.303, new Interval(-0.011, 0.018), 0.6, 0.6);
    assertThat(PLAIN.sentence(close)).contains("is within noise");
    assertThat(WITH_MARGIN.sentence(close))
        .startsWith("fp2: tuned is as good as the base model within 0.0200");
    var above = row(0.300, 0.315, new Interval(-0.011, 0.041), 0.3, 0.3);
    assertThat(WITH_MARGIN.sentence(above))
        .startsWith("fp2: tuned is not worse than the base model by 0.0200 or more");
    var wide = row(0.30, 0.30, new Interval(-0.10, 0.10), 1, 1);
    assertThat(WITH_MARGIN.sentence(wide)).contains("is within noise");
  }

  @Test
  void otherWrongAnswersAreNotTheSameAnswers() {
    var none = new Interval(0, 0);
    var evidence = new Evidence("mcnemar", 1.0, 1.0, 0.0, 0.0, 0.07, 0.0, 0.0);
    var other = row(0.3, 0.3, none, evidence, new Counts(475, 475, 0, 0, 7));
    assertThat(PLAIN.sentence(other)).contains("is within noise");
    var equal = row(0.3, 0.3, none, evidence, new Counts(475, 475, 0, 0, 0));
    assertThat(PLAIN.sentence(equal))
        .isEqualTo("tuned answers every question of fp2 as the base model does.");
  }

  @Test
  void theOverallSentenceIsHonestAboutItsNumber() {
    var overall =
        row(0.3, 0.31, new Interval(-0.1, 0.1), evidence(0.5, 0.05), new Counts(513, 70, 9, 9, 20));
    var small =
        row(0.3, 0.31, new Interval(-0.1, 0.1), evidence(0.5, 0.09), new Counts(38, 38, 4, 4, 9));
    var large =
        row(
            0.3,
            0.31,
            new Interval(-0.1, 0.1),
            evidence(0.5, 0.03),
            new Counts(475, 475, 5, 5, 11));
    assertThat(PLAIN.basis(overall, List.of(large, small)))
        .isEqualTo(
            "The 2 tasks with 513 questions are worth 70 independent ones: 90% of the uncertainty"
                + " is that of fp2 with 38.");
  }

  @Test
  void whyTheWholeAndItsPartsDoNotSayTheSameIsSaid() {
    var better = row(0.30, 0.40, new Interval(0.05, 0.15), 0.001, 0.002);
    var worse = row(0.40, 0.30, new Interval(-0.15, -0.05), 0.001, 0.002);
    var noise = row(0.30, 0.34, new Interval(-0.01, 0.09), 0.04, 0.12);
    assertThat(PLAIN.agreement(better, List.of(noise, noise, worse)))
        .startsWith("None of the 3 tasks shows it by itself: ");
    assertThat(PLAIN.agreement(noise, List.of(noise, worse)))
        .startsWith("By itself a difference is shown by fp2; overall is the unweighted mean of 2");
    assertThat(PLAIN.agreement(better, List.of(noise, better))).isEmpty();
    assertThat(PLAIN.agreement(noise, List.of(noise, noise))).isEmpty();
  }

  @Test
  void scoresOfGuessersAreCalledSo() {
    var guess = row(0.26, 0.24, new Interval(-0.05, 0.02), 0.5, 0.5);
    var knows = row(0.26, 0.45, new Interval(0.1, 0.25), 0.001, 0.001);
    assertThat(PLAIN.nearChance(List.of(guess))).contains("better than guessing on fp2");
    assertThat(PLAIN.nearChance(List.of(knows))).isEmpty();
  }

  private static Finding finding(double confidence, Double margin) {
    return new Reading(confidence, margin, null, Reading.words(Language.EN)).finding();
  }

  private static Comparison row(
      double base, double tuned, Interval interval, double p, double adjusted) {
    var evidence =
        new Evidence("mcnemar", p, adjusted, 0.025, 0.07, 0.07, interval.low(), interval.high());
    return row(base, tuned, interval, evidence, new Counts(475, 475, 30, 20, 55));
  }

  private static Evidence evidence(double p, double standardError) {
    return new Evidence("mcnemar", p, p, standardError, 0.1, 0.07, -0.1, 0.1);
  }

  private static Comparison row(
      double base, double tuned, Interval interval, Evidence evidence, Counts counts) {
    return new Comparison(
        "fp2",
        "acc",
        "tuned",
        new Measure(base, 0.02, null),
        new Measure(tuned, 0.02, null),
        tuned - base,
        interval,
        evidence,
        counts,
        0.25,
        true,
        false);
  }
}
