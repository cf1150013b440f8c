package dev.keizoku.corpus.read.wiki;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The headings of an article in MediaWiki markup. */
final class Sections {
  private static final Pattern HEADING = Pattern.compile("^(={2,6})(.*?)={2,6}\\s*$");
  private static final int TEXT = Integer.MAX_VALUE;

  private Sections() {}

  /** The text with headings as Markdown has them, without those of which nothing is left below. */
  static String withText(String markup) {
    List<String> lines = new ArrayList<>(markup.lines().toList());
    // What comes next: the level of a heading, 0 for the end of the article.
    int next = 0;
    for (int i = lines.size() - 1; i >= 0; i--) {
      var heading = HEADING.matcher(lines.get(i));
      if (!heading.matches()) {
        next = lines.get(i).isBlank() ? next : TEXT;
      } else if (next <= heading.group(1).length()) {
        lines.set(i, "");
      } else {
        next = heading.group(1).length();
        lines.set(i, "#".repeat(next) + " " + heading.group(2).trim());
      }
    }
    return String.join("\n", lines);
  }
}
