package dev.keizoku.eval.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A list of texts and numbers as Python writes it, for templates that render one. */
final class PythonLiteral {
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

  private static String unescaped(String text) {
    return text.translateEscapes();
  }
}
