package dev.keizoku.eval.stats;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /**
   * The value below which a share of a sample lies; between two values it is interpolated.
   *
   * @param sorted at least one value, ascending
   * @param share 0 to 1
   */
  static double percentile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
