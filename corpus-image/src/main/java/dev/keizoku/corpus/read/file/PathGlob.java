package dev.keizoku.corpus.read.file;

import java.util.regex.Pattern;

/**
 * A pattern over paths with {@code /}: {@code *} and {@code ?} stay within a part, {@code **} goes
 * across parts, {@code {a,b}} is either. Not {@code java.nio.file}'s: paths in a store may hold
 * characters that the local file system's encoding lacks.
 */
public final class PathGlob {
  private static final Pattern TOKEN = Pattern.compile("\\*\\*/|\\*\\*|[*?{},]|[^*?{},]+");

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

  /** Whether a path below the folder or archive {@code path} could match. */
  public boolean mayMatchBelow(String path) {
    if (pattern == null) {
      return true;
    }
    var matcher = pattern.matcher(path + "/");
    return matcher.matches() || matcher.hitEnd();
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    int open = 0;
    var tokens = TOKEN.matcher(glob);
    while (tokens.find()) {
      var token = tokens.group();
      if (token.equals("{")) {
        open++;
      } else if (token.equals("}") && open > 0) {
        open--;
        regex.append(')');
        continue;
      }
      regex.append(
          switch (token) {
            case "**/" -> "(?:.*/)?";
            case "**" -> ".*";
            case "*" -> "[^/]*";
            case "?" -> "[^/]";
            case "{" -> "(?:";
            case "," -> open > 0 ? "|" : ",";
            default -> Pattern.quote(token);
          });
    }
    // A brace that is not closed ends with the pattern.
    return regex.append(")".repeat(open)).toString();
  }
}
