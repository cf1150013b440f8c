package dev.keizoku.eval.stats;

import dev.keizoku.eval.metric.ItemScores;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Randomization test of a difference, for metrics that are no share of right answers and for items
 * that come in units: when the models do not differ, exchanging their answers to a unit gives a
 * difference as likely as the one seen. All prompts of a unit are exchanged together.
 *
 * <p>Source: Yeh, More accurate tests for the statistical significance of result differences,
 * COLING 2000; the count of one is Phipson and Smyth 2010.
 *
 * @param rounds exchanges, at least one
 * @param seed of the exchanges
 */
public record RandomizationTest(int rounds, long seed) {
  private static final double ROUNDING = 1e-12;

  /** The scores of two models with one prompt. */
  public record Pair(ItemScores base, ItemScores tuned) {}

  /** A pair by unit. */
  private record Exchange(
      UnitSums base, UnitSums tuned, UnitSums rule, double[] left, double[] right) {
    static Exchange of(Pair pair, Units units) {
      int width = Math.max(pair.base.width(), pair.tuned.width());
      var base = new UnitSums(pair.base, units, width);
      var tuned = new UnitSums(pair.tuned, units, width);
      // After an exchange both sides hold answers of both: the one that knows more labels rules.
      var rule = pair.base.width() == width ? base : tuned;
      return new Exchange(base, tuned, rule, new double[width], new double[width]);
    }

    boolean differs(int unit) {
      return !Arrays.equals(base.unit(unit), tuned.unit(unit));
    }

    void add(int unit, boolean exchanged) {
      UnitSums.add(left, (exchanged ? tuned : base).unit(unit), 1);
      UnitSums.add(right, (exchanged ? base : tuned).unit(unit), 1);
    }

    /** Begins a round with the sums of another exchange. */
    void begin(Exchange same) {
      System.arraycopy(same.left, 0, left, 0, left.length);
      System.arraycopy(same.right, 0, right, 0, right.length);
    }

    double delta() {
      return rule.of(right) - rule.of(left);
    }
  }

  /**
   * The differences under exchange, the mean over prompts each; the first is the one seen.
   *
   * @param task name of the task, which with the seed makes the exchanges
   * @param prompts the models' scores, a pair a prompt
   */
  public double[] deltas(String task, Units units, List<Pair> prompts) {
    var random = new SplittableRandom(seed ^ ((long) task.hashCode() << 32) ^ 1);
    var exchanges = prompts.stream().map(pair -> Exchange.of(pair, units)).toList();
    // What both models do alike is the same on either side: it is added up once.
    var alike = prompts.stream().map(pair -> Exchange.of(pair, units)).toList();
    var differing =
        IntStream.range(0, units.count())
            .filter(unit -> exchanges.stream().anyMatch(exchange -> exchange.differs(unit)))
            .toArray();
    for (var same : alike) {
      IntStream.range(0, units.count())
          .filter(unit -> Arrays.binarySearch(differing, unit) < 0)
          .forEach(unit -> same.add(unit, false));
    }
    var deltas = new double[rounds + 1];
    for (int round = 0; round <= rounds; round++) {
      for (int i = 0; i < exchanges.size(); i++) {
        exchanges.get(i).begin(alike.get(i));
      }
      for (int unit : differing) {
        boolean exchanged = round > 0 && random.nextBoolean();
        for (var exchange : exchanges) {
          exchange.add(unit, exchanged);
        }
      }
      deltas[round] = exchanges.stream().mapToDouble(Exchange::delta).average().orElseThrow();
    }
    return deltas;
  }

  /**
   * The two-sided p-value.
   *
   * @param deltas as {@link #deltas} gives them, or the mean of such over tasks
   */
  public static double pValue(double[] deltas) {
    double seen = Math.abs(deltas[0]) - ROUNDING;
    int asFar = 0;
    for (double delta : deltas) {
      asFar += Math.abs(delta) >= seen ? 1 : 0;
    }
    return (double) asFar / deltas.length;
  }
}
