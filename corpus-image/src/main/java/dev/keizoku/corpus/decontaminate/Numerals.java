package dev.keizoku.corpus.decontaminate;

/** One way of writing for a whole number, however it was written: 三千万, 3千万 and 30000000. */
final class Numerals {
  private static final String DIGITS = "〇一二三四五六七八九";
  private static final int MAX_DIGITS = 18;

  private Numerals() {}

  /** Whether a folded character is part of a number. */
  static boolean isNumeral(char c) {
    return switch (c) {
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> true;
      case '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '零' -> true;
      case '十', '百', '千', '万', '億', '兆' -> true;
      default -> false;
    };
  }

  /** The number in digits; what is no number stays but for its single digits. */
  static String digits(CharSequence numeral) {
    var plain = new StringBuilder(numeral.length());
    boolean hasUnits = false;
    for (int i = 0; i < numeral.length(); i++) {
      char c = numeral.charAt(i);
      hasUnits |= unit(c) > 0;
      plain.append(unit(c) > 0 ? c : (char) ('0' + digit(c)));
    }
    return hasUnits && plain.length() <= MAX_DIGITS ? value(plain) : plain.toString();
  }

  /** 2億3千万5: units below 10,000 multiply the digits before them, the others all since the last. */
  private static String value(CharSequence plain) {
    try {
      long total = 0;
      long section = 0;
      long current = -1;
      for (int i = 0; i < plain.length(); i++) {
        char c = plain.charAt(i);
        long unit = unit(c);
        if (unit == 0) {
          current = Math.addExact(Math.multiplyExact(Math.max(current, 0), 10L), digit(c));
        } else if (unit < 10_000) {
          section = Math.addExact(section, Math.multiplyExact(current < 0 ? 1 : current, unit));
          current = -1;
        } else {
          long part = section + Math.max(current, 0);
          total =
              Math.addExact(total, Math.multiplyExact(part == 0 && current < 0 ? 1 : part, unit));
          section = 0;
          current = -1;
        }
      }
      return Long.toString(Math.addExact(total, section + Math.max(current, 0)));
    } catch (ArithmeticException e) {
      return plain.toString();
    }
  }

  private static int digit(char c) {
    return c == '零' ? 0 : c <= '9' ? c - '0' : DIGITS.indexOf(c);
  }

  private static long unit(char c) {
    return switch (c) {
      case '十' -> 10;
      case '百' -> 100;
      case '千' -> 1_000;
      case '万' -> 10_000;
      case '億' -> 100_000_000;
      case '兆' -> 1_000_000_000_000L;
      default -> 0;
    };
  }
}
