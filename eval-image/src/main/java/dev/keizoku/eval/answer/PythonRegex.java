package dev.keizoku.eval.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a task file, which is written in Python's dialect: words and digits are
 * Unicode's, a line ends with {@code \n} alone, {@code \Z} is the very end, groups are named by
 * {@code (?P<name>...)}, and a bracket inside a class is a bracket.
 */
public final class PythonRegex {
  /** What is not in a class: the beginning of one, what Java writes otherwise, another sign. */
  private static final Pattern OUTSIDE =
      Pattern.compile("(\\[\\^?)(\\]?)|\\(\\?P<|\\(\\?P=(\\w+)\\)|\\\\.|.", Pattern.DOTALL);

  private static final Pattern INSIDE = Pattern.compile("\\\\.|.", Pattern.DOTALL);

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
    var piece = OUTSIDE.matcher(python);
    int at = 0;
    boolean inClass = false;
    while (piece.usePattern(inClass ? INSIDE : OUTSIDE).find(at)) {
      at = piece.end();
      var text = piece.group();
      if (inClass) {
        inClass = !text.equals("]");
        // Java would begin another class, or an intersection.
        java.append(text.equals("[") || text.equals("&") ? "\\" + text : text);
      } else if (text.startsWith("[")) {
        inClass = true;
        // A bracket that comes first closes nothing.
        java.append(piece.group(1)).append(piece.group(2).isEmpty() ? "" : "\\]");
      } else {
        java.append(outside(text, piece));
      }
    }
    return java.toString();
  }

  private static String outside(String text, Matcher piece) {
    return switch (text) {
      case "(?P<" -> "(?<";
      case "\\Z" -> "\\z";
      default -> text.startsWith("(?P=") ? "\\k<" + piece.group(3) + ">" : text;
    };
  }
}
