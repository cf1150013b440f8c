package dev.keizoku.eval.answer;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as Japanese texts write it: full-width digits, 兆 億 万 千 百, 百万円 and 千円, kanji digits, △ ▲
 * and brackets for what is negative. Percent, points and currencies are left away.
 *
 * @param value with its units multiplied in
 * @param scale what its last unit multiplies by, 1 for none; 0 where it has several
 */
public record JapaneseNumber(double value, double scale) {
  private static final String DIGITS = "(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?";
  private static final String KANJI = "[〇零一二三四五六七八九十百千]+";
  private static final String UNIT = "[十百千]?[万億兆]|[百千]";
  private static final String SIGN = "(?:[-+\u2212\u2010\u2013△▲]|マイナス)?";
  // What may follow kanji digits: 一致 and 千葉 are no numbers.
  private static final String AFTER = "(?:円|ドル|%|パーセント|ポイント|pt|倍|人|名|社|株|年|月|日|点|件|個)?(?:です)?。?";
  private static final Pattern WRITTEN =
      Pattern.compile("(%s)\\s*((?:%s\\s*(?:%s)?\\s*)++)".formatted(SIGN, DIGITS, UNIT));
  private static final Pattern PART =
      Pattern.compile("(%s|%s)\\s*(%s)?\\s*".formatted(DIGITS, KANJI, UNIT));
  private static final Pattern IN_KANJI =
      Pattern.compile("(%s)((?:%s[万億兆]?)++)%s".formatted(SIGN, "[〇零一二三四五六七八九十百千]++", AFTER));
  private static final Pattern IN_BRACKETS = Pattern.compile("\\(([^()]*)\\)\\D{0,6}");

  /** The one number of a text; empty where there is none, or several. */
  public static Optional<JapaneseNumber> in(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    var brackets = IN_BRACKETS.matcher(plain);
    if (brackets.matches()) {
      return in(brackets.group(1)).map(JapaneseNumber::negative);
    }
    var kanji = IN_KANJI.matcher(plain);
    if (kanji.matches()) {
      return number(kanji);
    }
    var written = WRITTEN.matcher(plain);
    if (!written.find()) {
      return Optional.empty();
    }
    var number = number(written);
    return written.find() ? Optional.empty() : number;
  }

  private JapaneseNumber negative() {
    return new JapaneseNumber(-Math.abs(value), scale);
  }

  /**
   * Whether it is the same number but for a share.
   *
   * @param right the right number; where one of both has a unit and the other none, the numbers
   *     before it count: the question may have named the unit
   * @param tolerance share of the right number
   */
  public boolean near(JapaneseNumber right, double tolerance) {
    boolean unitless = (scale == 1) != (right.scale == 1) && scale * right.scale != 0;
    return near(value, right.value, tolerance)
        || unitless && near(value / scale, right.value / right.scale, tolerance);
  }

  private static boolean near(double value, double right, double tolerance) {
    return right == 0 ? value == 0 : Math.abs(value - right) <= tolerance * Math.abs(right);
  }

  /** Empty where two numbers stand side by side: only the last part of one has no unit. */
  private static Optional<JapaneseNumber> number(Matcher matcher) {
    var parts = PART.matcher(matcher.group(2));
    double value = 0;
    // 千 and 百 count what the next 万, 億 or 兆 multiplies: 2千5百万.
    double thousands = 0;
    double scale = 1;
    int count = 0;
    for (; parts.find(); count++) {
      if (count > 0 && scale == 1) {
        return Optional.empty();
      }
      var unit = parts.group(2) == null ? "" : parts.group(2);
      scale = unit(unit);
      if (unit.equals("千") || unit.equals("百")) {
        thousands += digits(parts.group(1)) * scale;
        continue;
      }
      double myriads = unit.isEmpty() ? 1 : unit(unit.substring(unit.length() - 1));
      value += thousands * myriads + digits(parts.group(1)) * scale;
      thousands = 0;
    }
    value += thousands;
    boolean minus = !matcher.group(1).isEmpty() && !matcher.group(1).equals("+");
    return Optional.of(new JapaneseNumber(minus ? -value : value, count > 1 ? 0 : scale));
  }

  private static double digits(String text) {
    return Character.isDigit(text.charAt(0))
        ? Double.parseDouble(text.replace(",", ""))
        : kanji(text);
  }

  /** Digits alone are a place each (二〇二四), with 十, 百 or 千 they are multiplied. */
  private static double kanji(String text) {
    double sum = 0;
    double open = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = "〇一二三四五六七八九".indexOf(text.charAt(i) == '零' ? '〇' : text.charAt(i));
      if (digit >= 0) {
        open = 10 * open + digit;
      } else {
        sum += (open == 0 ? 1 : open) * unit(text.substring(i, i + 1));
        open = 0;
      }
    }
    return sum + open;
  }

  private static double unit(String text) {
    double product = 1;
    for (char c : text.toCharArray()) {
      product *=
          switch (c) {
            case '十' -> 1e1;
            case '百' -> 1e2;
            case '千' -> 1e3;
            case '万' -> 1e4;
            case '億' -> 1e8;
            default -> 1e12;
          };
    }
    return product;
  }
}
