package dev.keizoku.eval.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.eval.Golden;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MacroF1Scores;
import dev.keizoku.eval.metric.MeanScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Against scipy, statsmodels and scikit-learn, see {@code src/test/reference/statistics.py}. */
class StatisticsGoldenTest {
  private static final int DRAWS = 10_000;
  private static final JsonNode GOLDEN = Golden.read("statistics.json");

  private final PairedBootstrap bootstrap = new PairedBootstrap(DRAWS, 0.95, 42);
  private final RandomizationTest randomization = new RandomizationTest(DRAWS, 42);

  @Test
  void exactTestsAreThoseOfStatsmodels() {
    for (var row : GOLDEN.get("mcnemar")) {
      assertThat(McNemar.exact(row.get("gained").longValue(), row.get("lost").longValue()))
          .isCloseTo(row.get("p").doubleValue(), within(1e-12));
    }
  }

  @Test
  void correctedValuesAreThoseOfStatsmodels() {
    for (var row : GOLDEN.get("holm")) {
      var p = new ArrayList<Double>();
      row.get("p").forEach(value -> p.add(value.doubleValue()));
      var adjusted = Holm.adjusted(p);
      for (int i = 0; i < adjusted.length; i++) {
        assertThat(adjusted[i]).isCloseTo(row.get("adjusted").get(i).doubleValue(), within(1e-12));
      }
    }
  }

  @Test
  void whatCanBeShownIsThatOfStatsmodelsAndOfNemo() {
    for (var row : GOLDEN.get("power")) {
      int questions = row.get("questions").intValue();
      double discordant = row.get("discordant").doubleValue();
      double found = Power.detectable(Math.sqrt(discordant / questions), 0.05);
      // statsmodels adds the power of the wrong side, a millionth.
      assertThat(found).isCloseTo(row.get("detectable").doubleValue(), within(1e-5));
      // NeMo's is a share of the answers that differ, with 2.8 for the sum of the two quantiles.
      assertThat(found / discordant).isCloseTo(row.get("nemo").doubleValue(), within(1e-3));
    }
  }

  @Test
  void accuraciesAreJudgedAsByScipy() {
    for (var row : GOLDEN.get("accuracy")) {
      int n = row.get("n").intValue();
      var base = right(1, n, 0.4);
      var changed = right(2, n, 0.25);
      var other = right(3, n, 0.7);
      var tuned =
          IntStream.range(0, n).mapToDouble(i -> changed[i] == 1 ? other[i] : base[i]).toArray();
      var before = new MeanScores(base);
      var after = new MeanScores(tuned);
      var estimate = delta(Units.each(n), before, after);
      assertThat(estimate.value()).isCloseTo(row.get("delta").doubleValue(), within(1e-12));
      assertThat(estimate.standardError())
          .isCloseTo(row.get("standard_error").doubleValue(), relative(0.03))
          .isCloseTo(
              row.get("nemo_standard_error").doubleValue() * Math.sqrt(n / (n - 1.0)),
              relative(0.03));
      same(estimate.interval(0.95), row.get("expanded"));
      long gained = IntStream.range(0, n).filter(i -> tuned[i] > base[i]).count();
      long lost = IntStream.range(0, n).filter(i -> tuned[i] < base[i]).count();
      assertThat(McNemar.exact(gained, lost))
          .isCloseTo(row.get("mcnemar").doubleValue(), within(1e-12));
      sameChance(p(Units.each(n), before, after), row.get("permutation").doubleValue());
    }
  }

  @Test
  void clustersAreDrawnAsWholes() {
    var golden = GOLDEN.get("clusters");
    var sizes = values(11, 200);
    var keys = new ArrayList<String>();
    for (int cluster = 0; cluster < 200; cluster++) {
      for (int i = 0; i < 1 + (int) (sizes[cluster] * 6); i++) {
        keys.add(Integer.toString(cluster));
      }
    }
    int n = keys.size();
    var level = right(12, 200, 0.5);
    var own = right(13, n, 0.3);
    var item = right(14, n, 0.5);
    var units = Units.byKey(keys);
    var scores =
        IntStream.range(0, n)
            .mapToDouble(i -> own[i] == 1 ? item[i] : level[units.of()[i]])
            .toArray();
    var zero = new MeanScores(new double[n]);
    var clustered = delta(units, zero, new MeanScores(scores));
    var single = delta(Units.each(n), zero, new MeanScores(scores));
    assertThat(n).isEqualTo(golden.get("items").intValue());
    assertThat(clustered.value()).isCloseTo(golden.get("mean").doubleValue(), within(1e-12));
    assertThat(clustered.standardError())
        .isCloseTo(golden.get("clustered").doubleValue(), relative(0.03));
    assertThat(single.standardError())
        .isCloseTo(golden.get("single").doubleValue(), relative(0.03))
        .isLessThan(clustered.standardError() / 1.5);
  }

  @Test
  void f1IsDrawnAndExchangedByUnitAsWithScikitLearn() {
    var golden = GOLDEN.get("f1");
    var gold = ints(right(21, 300, 0.6));
    var before = new MacroF1Scores(gold, answers(gold, right(22, 300, 0.6)));
    var after = new MacroF1Scores(gold, answers(gold, right(23, 300, 0.72)));
    var units =
        Units.byKey(IntStream.range(0, 300).mapToObj(i -> Integer.toString(i / 3)).toList());
    var estimate = delta(units, before, after);
    assertThat(estimate.value()).isCloseTo(golden.get("delta").doubleValue(), within(1e-12));
    same(estimate.interval(0.95), golden.get("expanded"));
    sameChance(p(units, before, after), golden.get("randomization").doubleValue());
  }

  /** Ends of two bootstraps of the same data: 3 % of the width apart at most. */
  private static void same(Interval interval, JsonNode golden) {
    double low = golden.get(0).doubleValue();
    double high = golden.get(1).doubleValue();
    assertThat(interval.low()).isCloseTo(low, within(0.03 * (high - low)));
    assertThat(interval.high()).isCloseTo(high, within(0.03 * (high - low)));
  }

  /** Two shares of 10,000 draws or more, four standard errors apart at most. */
  private static void sameChance(double p, double golden) {
    assertThat(p).isCloseTo(golden, within(4 * Math.sqrt(2 * golden * (1 - golden) / DRAWS)));
  }

  private static Percentage relative(double share) {
    return Percentage.withPercentage(100 * share);
  }

  private double p(Units units, ItemScores base, ItemScores tuned) {
    var pair = new RandomizationTest.Pair(base, tuned);
    return RandomizationTest.pValue(randomization.deltas("x", units, List.of(pair)));
  }

  private Estimate delta(Units units, ItemScores base, ItemScores tuned) {
    var drawn = bootstrap.scores("x", units, List.of(base, tuned));
    var deltas = IntStream.range(0, DRAWS).mapToDouble(r -> drawn[1][r] - drawn[0][r]).toArray();
    return Estimate.of(tuned.score() - base.score(), deltas, units.count());
  }

  private static int[] answers(int[] gold, double[] right) {
    return IntStream.range(0, gold.length)
        .map(i -> right[i] == 1 ? gold[i] : 1 - gold[i])
        .toArray();
  }

  private static int[] ints(double[] values) {
    return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
  }

  private static double[] right(long seed, int n, double share) {
    return Arrays.stream(values(seed, n)).map(value -> value < share ? 1 : 0).toArray();
  }

  /** As in the script. */
  private static double[] values(long seed, int n) {
    var values = new double[n];
    long state = seed;
    for (int i = 0; i < n; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = (state >>> 33) / (double) (1L << 31);
    }
    return values;
  }
}
