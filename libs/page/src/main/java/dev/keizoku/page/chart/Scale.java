package dev.keizoku.page.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis: what it reaches, and its ticks at round numbers (1, 2 or 5 times a power of ten).
 *
 * @param low value at its beginning
 * @param high value at its end, above {@code low}
 * @param logarithmic whether equal ratios are equally long
 * @param ticks ascending, none outside
 */
public record Scale(double low, double high, boolean logarithmic, List<Double> ticks) {
  private static final double DECADE = 10;
  private static final double[] ROUND = {1, 2, 5, 10};
  private static final double MANY = 1000;
  private static final double FINEST = 1e-12;
  private static final int MOST_POWERS = 8;

  /** How an axis takes its values. */
  public enum Kind {
    /** Even, from the lowest to the highest. */
    FITTED,
    /** Even, with zero in it. */
    FROM_ZERO,
    /** For values whose ratio counts: logarithmic where they span a decade, else even. */
    RATIO
  }

  /**
   * An axis for values.
   *
   * @param values those that are not finite count for nothing
   * @param most how many ticks there may be about; 2 or more
   */
  public static Scale of(Kind kind, DoubleStream values, int most) {
    var seen = values.filter(Double::isFinite).summaryStatistics();
    if (seen.getCount() == 0) {
      return even(0, 1, most);
    }
    double low = kind == Kind.FROM_ZERO ? Math.min(0, seen.getMin()) : seen.getMin();
    double high = kind == Kind.FROM_ZERO ? Math.max(0, seen.getMax()) : seen.getMax();
    if (kind == Kind.RATIO && low > 0 && high / low >= DECADE) {
      return logarithmic(low, high);
    }
    return even(low, high, most);
  }

  private static Scale even(double low, double high, int most) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    double spread = high > low ? high - low : size == 0 ? 1 : size / 2;
    // Closer together than this, ticks would be the same number.
    double room = Math.max(spread, FINEST * size);
    double unit = unit(room / most);
    long first = (long) Math.floor(tidy(low / unit));
    long last = Math.max(first + 1, (long) Math.ceil(tidy(high / unit)));
    var ticks = new ArrayList<Double>();
    for (long tick = first; tick <= last; tick++) {
      ticks.add(times(tick, unit));
    }
    return new Scale(ticks.getFirst(), ticks.getLast(), false, List.copyOf(ticks));
  }

  // Powers of ten, and where they are few, twice and five times them too.
  private static Scale logarithmic(double low, double high) {
    int first = (int) Math.floor(Math.log10(low));
    int last = (int) Math.ceil(Math.log10(high));
    int stride = 1 + (last - first) / (MOST_POWERS + 1);
    boolean few = high / low <= MANY;
    double[] rounds = few ? new double[] {1, 2, 5} : new double[] {1};
    var all = new ArrayList<Double>();
    for (int power = first; power < last + stride; power += stride) {
      for (double round : rounds) {
        all.add(times((long) round, Math.pow(DECADE, power)));
      }
    }
    double begin = all.stream().filter(tick -> tick <= low).max(Double::compare).orElseThrow();
    double end = all.stream().filter(tick -> tick >= high).min(Double::compare).orElseThrow();
    var ticks = all.stream().filter(tick -> tick >= begin && tick <= end).toList();
    return new Scale(begin, end, true, ticks);
  }

  /** The smallest round number that is not less. */
  private static double unit(double least) {
    double power = Math.pow(DECADE, Math.floor(Math.log10(least)));
    for (double round : ROUND) {
      if (round * power >= least * (1 - 1e-9)) {
        return round * power;
      }
    }
    return DECADE * power;
  }

  // A division may miss the whole number by its last bits.
  private static double tidy(double quotient) {
    double whole = Math.rint(quotient);
    return Math.abs(quotient - whole) < 1e-9 ? whole : quotient;
  }

  private static double times(long many, double unit) {
    return unit < 1 ? many / Math.rint(1 / unit) : many * unit;
  }

  /** The same axis, cut at a value above its beginning; whole where the value is not. */
  Scale endingAt(double value) {
    return value <= low || value >= high
        ? this
        : new Scale(low, value, logarithmic, ticks.stream().filter(tick -> tick <= value).toList());
  }

  /** Where a value is, from 0 at the beginning to 1 at the end. */
  public double at(double value) {
    return logarithmic
        ? Math.log(value / low) / Math.log(high / low)
        : (value - low) / (high - low);
  }
}
