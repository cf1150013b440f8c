package dev.keizoku.eval.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What two standard errors say of a difference when it is not known which item gave what (Wald).
 */
public final class Unpaired {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Unpaired() {}

  /** The two-sided p-value. */
  public static double p(double delta, double standardError) {
    if (standardError == 0) {
      return delta == 0 ? 1 : 0;
    }
    return 2 * NORMAL.survivalProbability(Math.abs(delta) / standardError);
  }

  /** The interval of the difference. */
  public static Interval interval(double delta, double standardError, double confidence) {
    double reach = NORMAL.inverseCumulativeProbability((1 + confidence) / 2) * standardError;
    return new Interval(delta - reach, delta + reach);
  }
}
