package dev.keizoku.corpus.read;

import java.util.regex.Pattern;

/**
 * A pattern over paths with {@code /}: {@code *} and {@code ?} stay within a part, {@code **} goes
 * across parts, {@code {a,b}} is either. Not {@code java.nio.file}'s: paths in a store may hold
 * characters that the local file system's encoding lacks.
 */
public final class PathGlob {
  private final Pattern pattern;

  /**
   * @param glob the pattern; null matches every path
   */
  public PathGlob(String glob) {
    pattern = glob == null ? null : Pattern.compile(regex(glob), Pattern.DOTALL);
  }

  /** Whether the whole path matches. */
  public boolean matches(String path) {
    return pattern == null || pattern.matcher(path).matches();
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '{' && glob.indexOf('}', i) > 0) {
        regex.append("(?:");
        braces++;
      } else if (c == '}' && braces > 0) {
        regex.append(')');
        braces--;
      } else if (c == ',' && braces > 0) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.append(")".repeat(braces)).toString();
  }
}
