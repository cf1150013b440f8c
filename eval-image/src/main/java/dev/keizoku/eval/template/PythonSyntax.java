package dev.keizoku.eval.template;

import java.util.regex.Pattern;

/**
 * What Python's Jinja reads and Jinjava reads otherwise, written so that both mean the same: a list
 * backwards, and a sum as the value of a keyword.
 */
final class PythonSyntax {
  private static final Pattern KEYWORDS = Pattern.compile("\\bnamespace\\(");

  private PythonSyntax() {}

  /** The same template as Jinjava reads it. */
  static String readable(String template) {
    var text = template.replace("[::-1]", "|reverse");
    var calls = KEYWORDS.matcher(text);
    var read = new StringBuilder();
    int copied = 0;
    while (calls.find(copied)) {
      read.append(text, copied, calls.end());
      copied = arguments(text, calls.end(), read);
    }
    return read.append(text, copied, text.length()).toString();
  }

  /** Copies the arguments with their values in brackets; where the call's own bracket closes. */
  private static int arguments(String text, int from, StringBuilder read) {
    int depth = 0;
    char quote = 0;
    boolean value = false;
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean top = depth == 0 && quote == 0;
      boolean ends = top && (c == ',' || c == ')');
      if (ends && value) {
        read.append(')');
        value = false;
      }
      if (ends && c == ')') {
        return at;
      }
      read.append(c);
      if (top && c == '=' && !value) {
        read.append('(');
        value = true;
      }
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else {
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      }
    }
    return at;
  }
}
