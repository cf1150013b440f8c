package dev.keizoku.eval.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Holm's correction: p-values of several tests, made so that the chance of even one false alarm
 * among all of them stays below the level at which each is read.
 *
 * <p>Source: Holm, Scandinavian Journal of Statistics 6, 1979; as {@code multipletests(...,
 * "holm")} of statsmodels.
 */
public final class Holm {
  private Holm() {}

  /** The corrected p-values, in the order of those given. */
  public static double[] adjusted(List<Double> pValues) {
    int tests = pValues.size();
    var order =
        IntStream.range(0, tests).boxed().sorted(Comparator.comparing(pValues::get)).toList();
    var adjusted = new double[tests];
    double largest = 0;
    for (int rank = 0; rank < tests; rank++) {
      largest = Math.max(largest, Math.min(1, (tests - rank) * pValues.get(order.get(rank))));
      adjusted[order.get(rank)] = largest;
    }
    return adjusted;
  }
}
