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

  /**
   * The corrected p-values, in the order of those given.
   *
   * @param pValues null where no test could be made, which stays null and is no test
   */
  public static Double[] adjusted(List<Double> pValues) {
    var order =
        IntStream.range(0, pValues.size())
            .filter(test -> pValues.get(test) != null)
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .toList();
    var adjusted = new Double[pValues.size()];
    double largest = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      int test = order.get(rank);
      largest = Math.max(largest, Math.min(1, (order.size() - rank) * pValues.get(test)));
      adjusted[test] = largest;
    }
    return adjusted;
  }
}
