package dev.keizoku.eval.stats;

import java.util.Arrays;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /**
   * The middle part of a sample, by the percentile method; between two values the percentile is
   * interpolated.
   *
   * @param sample at least one value, left as it is
   * @param confidence share of the sample inside, 0 to 1
   */
  public static Interval ofSample(double[] sample, double confidence) {
    var sorted = sample.clone();
    Arrays.sort(sorted);
    return new Interval(
        percentile(sorted, (1 - confidence) / 2), percentile(sorted, (1 + confidence) / 2));
  }

  /** True when a difference with this interval may well be none. */
  public boolean containsZero() {
    return low <= 0 && high >= 0;
  }

  static double percentile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
