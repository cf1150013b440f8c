package dev.keizoku.operator.run;

import java.util.Locale;

/** Numbers as people read them in the columns of kubectl. */
public final class Readable {
  private static final long THOUSAND = 1000;

  private Readable() {}

  /** {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 950}, {@code 12.3K}, {@code 3.4M}, {@code 1.2B}. */
  public static String rough(long number) {
    if (number < THOUSAND) {
      return Long.toString(number);
    }
    double value = number;
    int unit = -1;
    while (value >= THOUSAND && unit < 3) {
      value /= THOUSAND;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f%c", value, "KMBT".charAt(unit));
  }

  /** {@code 45s}, {@code 3m12s}, {@code 2h05m}, {@code 3d4h}; null for null. */
  public static String duration(Long seconds) {
    if (seconds == null) {
      return null;
    }
    long minutes = seconds / 60;
    long hours = minutes / 60;
    if (minutes == 0) {
      return seconds + "s";
    }
    if (hours == 0) {
      return String.format(Locale.ROOT, "%dm%02ds", minutes, seconds % 60);
    }
    return hours < 24
        ? String.format(Locale.ROOT, "%dh%02dm", hours, minutes % 60)
        : String.format(Locale.ROOT, "%dd%dh", hours / 24, hours % 24);
  }

  /** {@code 24%}; null for null. */
  public static String percent(Integer percentage) {
    return percentage == null ? null : percentage + "%";
  }
}
