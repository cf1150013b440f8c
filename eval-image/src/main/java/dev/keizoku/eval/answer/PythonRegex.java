package dev.keizoku.eval.answer;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a task file, which is written in Python's dialect: words and digits are
 * Unicode's, a line ends with {@code \n} alone, {@code \Z} is the very end, groups are named by
 * {@code (?P<name>...)}, and a bracket inside a class is a bracket.
 */
public final class PythonRegex {
  private PythonRegex() {}

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException in one line, for what is no expression or has no equal in Java
   */
  public static Pattern compile(String expression) {
    try {
      return Pattern.compile(
          translated(expression), Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no regular expression (%s)".formatted(expression, e.getDescription()), e);
    }
  }

  private static String translated(String python) {
    var java = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < python.length(); i++) {
      char c = python.charAt(i);
      if (c == '\\' && i + 1 < python.length()) {
        char escaped = python.charAt(++i);
        java.append(c).append(escaped == 'Z' && !inClass ? 'z' : escaped);
      } else if (inClass) {
        inClass = c != ']';
        // Java would begin another class or an intersection.
        java.append(c == '[' || c == '&' ? "\\" : "").append(c);
      } else if (python.startsWith("(?P<", i)) {
        java.append("(?<");
        i += 3;
      } else if (python.startsWith("(?P=", i)) {
        int end = Math.max(i, python.indexOf(')', i));
        java.append("\\k<").append(python, i + 4, end).append('>');
        i = end;
      } else if (c == '[') {
        int first = python.startsWith("^", i + 1) ? i + 2 : i + 1;
        java.append(python, i, first);
        // A bracket that comes first closes nothing.
        boolean literal = python.startsWith("]", first);
        java.append(literal ? "\\]" : "");
        i = literal ? first : first - 1;
        inClass = true;
      } else {
        java.append(c);
      }
    }
    return java.toString();
  }
}
