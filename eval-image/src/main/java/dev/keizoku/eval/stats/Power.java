package dev.keizoku.eval.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a comparison can show at all: the smallest true difference that a two-sided test finds with
 * 80 % probability, (z(1 - alpha / 2) + z(0.8)) standard errors.
 *
 * <p>Source: Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988; Miller, arXiv
 * 2411.00640, equation 9. NeMo Evaluator's 2.8 / sqrt(discordant) is the same for the share of
 * discordant answers instead of all.
 */
public final class Power {
  /** Probability with which a difference is to be found. */
  public static final double WANTED = 0.8;

  /** Share of questions that two models answer differently, assumed before it is known. */
  public static final double PLANNED_DISCORDANCE = 0.3;

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Power() {}

  /**
   * The smallest difference that can be found.
   *
   * @param standardError of the difference
   * @param alpha level of the two-sided test
   */
  public static double detectable(double standardError, double alpha) {
    return standardError
        * (NORMAL.inverseCumulativeProbability(1 - alpha / 2)
            + NORMAL.inverseCumulativeProbability(WANTED));
  }

  /** The same before anything is scored, for a share of that many questions. */
  public static double planned(double questions, double alpha) {
    return detectable(plannedError(questions), alpha);
  }

  /** The standard error of a difference of shares that is to be expected. */
  public static double plannedError(double questions) {
    return Math.sqrt(PLANNED_DISCORDANCE / questions);
  }
}
