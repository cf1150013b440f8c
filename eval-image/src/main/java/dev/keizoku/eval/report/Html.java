package dev.keizoku.eval.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Text and numbers as they may stand in a page. */
final class Html {
  private static final int DECIMALS = 4;
  private static final String MINUS = "&minus;";

  private Html() {}

  /** Escapes text for an element or a quoted attribute; models write what they like. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A score, four decimals. */
  static String score(double value) {
    return new BigDecimal(value).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** A difference with its sign. */
  static String signed(double value) {
    var plain = score(value);
    if (new BigDecimal(plain).signum() == 0) {
      return score(0);
    }
    return value < 0 ? plain.replace("-", MINUS) : "+" + plain;
  }
}
