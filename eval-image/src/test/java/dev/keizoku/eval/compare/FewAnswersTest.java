package dev.keizoku.eval.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.metric.RatioScores;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.stats.Units;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of few answers, or of answers that are all alike, no more is said than they tell. */
class FewAnswersTest {
  private static final double ALPHA = 0.05;
  private static final Method METHOD = new Method(new PairedBootstrap(2000, 0.95, 7), ALPHA);

  /** All wrong with either model, in other words: no draw differs from another. */
  @ParameterizedTest
  @CsvSource({"1, 0.1, NOISE", "5, 0.1, NOISE", "38, 0.02, NOISE", "475, 0.02, EQUIVALENT"})
  void scoresThatAreAlikeAreAsGoodOnlyWhereThereAreMany(int n, double margin, Judgement judgement) {
    var wrong = new MeanScores(new double[n]);
    var row = compared("fp2", wrong, wrong, List.of(new int[n], filled(n, 1)));
    assertThat(row.delta()).isZero();
    assertThat(row.judge(0.95, margin)).isEqualTo(judgement);
    assertThat(row.interval().low()).isNegative();
    assertThat(row.interval().high()).isPositive();
    assertThat(row.evidence().detectable()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatAllQuestionsShowIsNotCertain(int n) {
    var row = compared("fp2", new MeanScores(new double[n]), new MeanScores(ones(n)), List.of());
    assertThat(row.delta()).isEqualTo(1);
    assertThat(row.lowestGain()).isLessThan(0.6);
    assertThat(row.evidence().p()).isGreaterThanOrEqualTo(0.25);
  }

  @Test
  void oneDocumentTellsNothing() {
    var row = compared("heldout_x", losses(-5), losses(-3), List.of());
    assertThat(row.gain()).isEqualTo(2);
    assertThat(row.lowestGain()).isNegative();
    assertThat(row.highestGain()).isPositive();
  }

  /** Whether the end of a gain that is none lies above 0 by chance, of 2 to 9 documents. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8, 9, 14})
  void fewDocumentsRaiseNoMoreAlarmsThanMany(int documents) {
    int pairs = 2000;
    var method = new Method(new PairedBootstrap(300, 0.95, 7), ALPHA);
    long alarms =
        IntStream.range(0, pairs)
            .parallel()
            .filter(
                pair -> {
                  var random = new SplittableRandom(31L * pair + documents);
                  var base = losses(normal(random, documents));
                  var tuned = losses(normal(random, documents));
                  return compared(method, "x", base, tuned, List.of()).lowestGain() > 0;
                })
            .count();
    double open = 4 * Math.sqrt(ALPHA * (1 - ALPHA) / pairs);
    System.out.printf("%d documents: %.4f%n", documents, (double) alarms / pairs);
    assertThat((double) alarms / pairs).isLessThan(ALPHA + open);
  }

  private static double[] normal(SplittableRandom random, int n) {
    return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian() - 20).toArray();
  }

  private static RatioScores losses(double... logLikelihoods) {
    return new RatioScores(logLikelihoods, ones(logLikelihoods.length), nats -> nats);
  }

  private static double[] ones(int n) {
    var ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static int[] filled(int n, int value) {
    var filled = new int[n];
    Arrays.fill(filled, value);
    return filled;
  }

  private static Comparison compared(
      String task, ItemScores base, ItemScores tuned, List<int[]> answers) {
    return compared(METHOD, task, base, tuned, answers);
  }

  private static Comparison compared(
      Method method, String task, ItemScores base, ItemScores tuned, List<int[]> answers) {
    var measured =
        new Measured(
            task,
            List.of("default"),
            task,
            "x",
            false,
            Units.each(base.size()),
            List.of(base, tuned),
            answers,
            null);
    return Comparisons.of(List.of(measured), List.of("tuned"), method).tasks().getFirst();
  }
}
