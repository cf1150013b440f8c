package dev.keizoku.eval.request;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as Python writes them: read where templates render lists, written as its {@code str}. */
public final class PythonLiteral {
  // Where Python's repr of a float goes over to an exponent.
  private static final int LEAST_EXPONENT = -4;
  private static final int MOST_EXPONENT = 16;

  private static final Pattern ITEM =
      Pattern.compile(
          "\\G\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(-?\\d+(?:\\.\\d+)?))\\s*(,|\\z)",
          Pattern.DOTALL);

  private PythonLiteral() {}

  /** The list; null where the text is none. */
  static List<String> list(String text) {
    var whole = text.strip();
    if (whole.length() < 2 || whole.charAt(0) != '[' || !whole.endsWith("]")) {
      return null;
    }
    var inside = whole.substring(1, whole.length() - 1);
    var items = new ArrayList<String>();
    var found = ITEM.matcher(inside);
    int end = 0;
    while (end < inside.length() && found.find()) {
      items.add(
          found.group(1) != null
              ? unescaped(found.group(1))
              : found.group(2) != null ? unescaped(found.group(2)) : found.group(3));
      end = found.end();
    }
    return end == inside.length() ? items : null;
  }

  /** A value as {@code str} gives it: text as it is, within a list in quotes. */
  public static String str(Object value) {
    return value instanceof String text ? text : repr(value);
  }

  private static String repr(Object value) {
    return switch (value) {
      case null -> "None";
      case Boolean truth -> truth ? "True" : "False";
      case Double number -> number(number);
      case Float number -> number(number.doubleValue());
      case String text -> quoted(text);
      case List<?> list ->
          list.stream().map(PythonLiteral::repr).collect(Collectors.joining(", ", "[", "]"));
      default -> value.toString();
    };
  }

  /** Both languages write the fewest digits that tell a number; only their places differ. */
  public static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return Double.toString(value);
    }
    var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= LEAST_EXPONENT && exponent < MOST_EXPONENT) {
      var plain = digits.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    var all = digits.unscaledValue().abs().toString();
    return (value < 0 ? "-" : "")
        + all.charAt(0)
        + (all.length() > 1 ? "." + all.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    var written = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\\' -> written.append("\\\\");
                case '\n' -> written.append("\\n");
                case '\r' -> written.append("\\r");
                case '\t' -> written.append("\\t");
                default -> {
                  if (point == quote) {
                    written.append('\\');
                  }
                  written.appendCodePoint(point);
                }
              }
            });
    return written.append(quote).toString();
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }
}
