package dev.keizoku.eval.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A number with what the bootstrap says of its uncertainty.
 *
 * <p>A bootstrap of few units is too narrow, twice: its variance lacks the factor m / (m - 1), and
 * its percentiles are those of a normal where few units call for Student's t. Both are put right:
 * the draws are widened about the number, and a percentile is taken at the normal's probability of
 * Student's quantile.
 *
 * <p>Where the draws know less than that they know nothing: of a handful of units the worst draw is
 * not far out enough, and where all units say the same there is but one draw. Student's interval is
 * taken there where it is the wider one, about a standard error that is not below a least one.
 *
 * <p>Source: Hesterberg, What Teachers Should Know About the Bootstrap, arXiv 1411.5279, section
 * 4.3.3 (expanded percentile interval); Welch, Biometrika 34, 1947, for the freedom of a mean over
 * tasks.
 */
public final class Estimate {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /** Below so many degrees of freedom percentiles of draws alone are not believed. */
  private static final double HANDFUL = 8;

  /** Share of a mean's variance of which it does not matter how it was found. */
  private static final double LITTLE = 0.01;

  private final double value;
  private final double[] draws;
  private final double[] sorted;
  private final double variance;
  private final double freedom;
  private final boolean believed;

  private Estimate(
      double value, double[] draws, double variance, double freedom, boolean believed) {
    this.value = value;
    this.draws = draws;
    this.sorted = draws.clone();
    Arrays.sort(sorted);
    this.variance = variance;
    this.freedom = freedom;
    this.believed = believed;
  }

  /**
   * A number that one task gave, by its draws alone: a score, which has ends that Student's
   * interval does not know.
   *
   * @param value over all units as they are
   * @param draws over resamples
   * @param units how many were drawn each time
   */
  public static Estimate of(double value, double[] draws, int units) {
    var widened = widened(value, draws, units);
    return new Estimate(value, widened, variance(widened), Math.max(1, units - 1), true);
  }

  /**
   * A difference, of which no more is said than so many units can tell.
   *
   * @param least standard error that it has at least, whatever the draws say
   */
  public static Estimate of(double value, double[] draws, int units, double least) {
    var widened = widened(value, draws, units);
    double drawn = variance(widened);
    double variance = Math.max(drawn, least * least);
    double freedom = Math.max(1, units - 1);
    boolean believed = drawn >= variance && freedom >= HANDFUL;
    return new Estimate(value, widened, variance, freedom, believed);
  }

  private static double[] widened(double value, double[] draws, int units) {
    double wider = units < 2 ? 1 : Math.sqrt(units / (units - 1.0));
    return Arrays.stream(draws).map(draw -> value + wider * (draw - value)).toArray();
  }

  /** The unweighted mean of numbers that were drawn independently, each by as many resamples. */
  public static Estimate mean(List<Estimate> parts) {
    int count = parts.size();
    double value = parts.stream().mapToDouble(Estimate::value).average().orElseThrow();
    var draws = new double[parts.getFirst().draws.length];
    double variance = 0;
    double quartics = 0;
    double doubted = 0;
    for (var part : parts) {
      for (int r = 0; r < draws.length; r++) {
        draws[r] += part.draws[r] / count;
      }
      double share = part.variance / count / count;
      variance += share;
      doubted += part.believed ? 0 : share;
      quartics += share * share / part.freedom;
    }
    double freedom = quartics == 0 ? 1 : variance * variance / quartics;
    return new Estimate(value, draws, variance, freedom, doubted <= LITTLE * variance);
  }

  /** The number. */
  public double value() {
    return value;
  }

  /** Its standard error. */
  public double standardError() {
    return Math.sqrt(variance);
  }

  /** The middle part of what it may be. */
  public Interval interval(double confidence) {
    return new Interval(low((1 - confidence) / 2), high((1 - confidence) / 2));
  }

  /**
   * The end below which it lies with that probability, for a one-sided statement.
   *
   * @param alpha 0 to 0.5
   */
  public double low(double alpha) {
    double drawn = Interval.percentile(sorted, expanded(alpha));
    return believed ? drawn : Math.min(drawn, value - reach(alpha));
  }

  /** The end above which it lies with that probability. */
  public double high(double alpha) {
    double drawn = Interval.percentile(sorted, 1 - expanded(alpha));
    return believed ? drawn : Math.max(drawn, value + reach(alpha));
  }

  private double expanded(double alpha) {
    return NORMAL.cumulativeProbability(-student(alpha));
  }

  private double reach(double alpha) {
    return student(alpha) * standardError();
  }

  private double student(double alpha) {
    return -TDistribution.of(freedom).inverseCumulativeProbability(alpha);
  }

  private static double variance(double[] draws) {
    double mean = Arrays.stream(draws).average().orElse(0);
    double squares = Arrays.stream(draws).map(draw -> (draw - mean) * (draw - mean)).sum();
    return draws.length < 2 ? 0 : squares / (draws.length - 1);
  }
}
