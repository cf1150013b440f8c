package dev.keizoku.corpus.clean;

import java.util.regex.Pattern;

/**
 * Full-width marks of a number whose digits are already narrow become narrow too: {@code 1，234．5}
 * is {@code 1,234.5}. Beside no digit they are Japanese punctuation and stay.
 */
final class NumberMarks {
  /** The number of a heading before a date: "１．２０２５年３月期の業績" does not speak of 1.2025. */
  private static final Pattern HEADING =
      Pattern.compile("\\d{1,2}．(\\d{4}年|\\d{1,2}[月日]|\\d{1,3}期)");

  private static final int LONGEST_HEADING_NUMBER = 8;
  private static final String CURRENCIES = "¥$￥＄€£";

  private final StringBuilder text;

  private NumberMarks(StringBuilder text) {
    this.text = text;
  }

  /** Narrows the marks in place. */
  static void narrow(StringBuilder text) {
    var marks = new NumberMarks(text);
    for (int i = 0; i < text.length(); i++) {
      char narrow = marks.narrowed(i);
      if (narrow != 0) {
        text.setCharAt(i, narrow);
      }
    }
  }

  /** The narrow mark for the one at {@code i}, 0 where it stays. */
  private char narrowed(int i) {
    return switch (text.charAt(i)) {
      case '．' -> isPoint(i) ? '.' : 0;
      case '，' -> betweenDigits(i) ? ',' : 0;
      case '／' -> betweenDigits(i) ? '/' : 0;
      case '：' -> betweenDigits(i) ? ':' : 0;
      case '％' -> isDigit(i - 1) ? '%' : 0;
      case '＋' -> beginsNumber(i + 1) ? '+' : 0;
      case '\u2212' -> beginsNumber(i + 1) || isDigit(i - 1) && isLatin(i + 1) ? '-' : 0;
      case '￥' -> beginsNumber(i + 1) ? '¥' : 0;
      case '＄' -> beginsNumber(i + 1) ? '$' : 0;
      default -> 0;
    };
  }

  private boolean isPoint(int i) {
    return isDigit(i + 1) && (isDigit(i - 1) ? !endsHeadingNumber(i) : isSign(i - 1));
  }

  private boolean endsHeadingNumber(int i) {
    int number = i;
    while (isDigit(number - 1) && i - number < 3) {
      number--;
    }
    int line = number;
    while (line > 0 && text.charAt(line - 1) == ' ') {
      line--;
    }
    boolean first = line == 0 || text.charAt(line - 1) == '\n';
    var rest = text.substring(number, Math.min(text.length(), number + LONGEST_HEADING_NUMBER));
    return first && HEADING.matcher(rest).lookingAt();
  }

  private boolean betweenDigits(int i) {
    return isDigit(i - 1) && isDigit(i + 1);
  }

  /** A digit, if need be behind a currency and a decimal point. */
  private boolean beginsNumber(int i) {
    int at = i;
    if (at < text.length() && CURRENCIES.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '．' || text.charAt(at) == '.')) {
      at++;
    }
    return isDigit(at);
  }

  private boolean isSign(int i) {
    return i >= 0 && "+-±△▲¥$".indexOf(text.charAt(i)) >= 0;
  }

  private boolean isDigit(int i) {
    return i >= 0 && i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private boolean isLatin(int i) {
    return i < text.length() && (text.charAt(i) | 0x20) >= 'a' && (text.charAt(i) | 0x20) <= 'z';
  }
}
