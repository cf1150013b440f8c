package dev.keizoku.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as readers see them. Never in the machine's locale: a dot before decimals, a comma
 * between thousands. What is not finite is {@link #NONE}.
 */
public final class Numbers {
  /** Stands where there is no number. */
  public static final String NONE = "n/a";

  private static final int GROUP = 3;
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e15;

  private Numbers() {}

  /** Whole things, {@code 1,234,567}. */
  public static String count(long value) {
    return grouped(Long.toString(value));
  }

  /** Rounded half to even, {@code 1,234.50}; never a zero with a sign. */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    var rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
    return grouped(rounded.toPlainString());
  }

  /** As {@link #fixed}, with a sign before anything but zero. */
  public static String signed(double value, int decimals) {
    var text = fixed(value, decimals);
    return value > 0 && text.chars().anyMatch(c -> c >= '1' && c <= '9') ? "+" + text : text;
  }

  /**
   * The first digits that are not zero and no more: {@code 1,234}, {@code 0.25}, {@code 3e-5} below
   * a thousandth.
   */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    var rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    double size = Math.abs(rounded.doubleValue());
    if (size == 0) {
      return "0";
    }
    return size >= SMALLEST_PLAIN && size < LARGEST_PLAIN
        ? grouped(rounded.stripTrailingZeros().toPlainString())
        : scientific(value, digits);
  }

  /** The first digits that are not zero, with a power of ten: {@code 3e-5}; zero is {@code 0}. */
  public static String scientific(double value, int digits) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    var rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    if (rounded.signum() == 0) {
      return "0";
    }
    var plain = rounded.stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    return plain.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
  }

  /**
   * A share of one as a percentage, {@code 95%}.
   *
   * @param decimals the most; zeros at the end go
   */
  public static String percent(double share, int decimals) {
    if (!Double.isFinite(share)) {
      return NONE;
    }
    var rounded = new BigDecimal(share * 100).setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0%" : rounded.stripTrailingZeros().toPlainString() + "%";
  }

  /** A place in a drawing: one decimal, no thousands. */
  public static String coordinate(double value) {
    return new BigDecimal(value).setScale(1, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String grouped(String plain) {
    int dot = plain.indexOf('.');
    int end = dot < 0 ? plain.length() : dot;
    int begin = plain.startsWith("-") ? 1 : 0;
    var text = new StringBuilder(plain);
    for (int at = end - GROUP; at > begin; at -= GROUP) {
      text.insert(at, ',');
    }
    boolean zero = plain.chars().noneMatch(c -> c >= '1' && c <= '9');
    return begin == 1 && zero ? text.substring(1) : text.toString();
  }
}
