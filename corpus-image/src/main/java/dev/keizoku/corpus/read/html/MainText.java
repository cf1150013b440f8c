package dev.keizoku.corpus.read.html;

import dev.keizoku.corpus.read.markup.TextLine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tells the text of a page from what frames it, by what its lines are: sentences and rows of tables
 * are text; lines that lead elsewhere are menus, but on a page that is a list of them; short words
 * before the first and after the last text belong to the menus that they stand among. A line with a
 * number stays wherever it is.
 *
 * <p>Source: the idea of jusText, that a line is judged by its neighbours too (Pomikalek 2011).
 */
final class MainText {
  private static final double MOSTLY_LINKS = 0.5;
  private static final int LEVELS = 7;
  private static final int LONG_LINE = 40;
  private static final int SHORT_LINE = 20;

  private final List<TextLine> lines;
  private final boolean listOfLinks;
  private final boolean[] kept;

  private MainText(List<TextLine> lines) {
    this.lines = lines;
    this.kept = new boolean[lines.size()];
    int text = lines.stream().filter(MainText::isText).mapToInt(TextLine::characters).sum();
    int links = lines.stream().filter(TextLine::isLongLink).mapToInt(TextLine::characters).sum();
    this.listOfLinks = links > text;
  }

  /** The text of a page, headings and lists as Markdown has them. */
  static String of(List<TextLine> lines) {
    var main = new MainText(lines);
    main.decide();
    return IntStream.range(0, lines.size())
        .filter(i -> main.kept[i])
        .mapToObj(i -> lines.get(i).markdown() + "\n")
        .collect(Collectors.joining());
  }

  private void decide() {
    var texts =
        IntStream.range(0, kept.length)
            .filter(i -> isText(lines.get(i)) || listOfLinks && lines.get(i).isLongLink())
            .toArray();
    int first = texts.length == 0 ? 0 : texts[0];
    int last = texts.length == 0 ? kept.length : texts[texts.length - 1];
    boolean menuBefore = lines.subList(0, first).stream().anyMatch(TextLine::isLink);
    boolean menuAfter =
        lines.subList(Math.min(last, kept.length), kept.length).stream().anyMatch(TextLine::isLink);
    for (int i = 0; i < kept.length; i++) {
      boolean amongMenus = i < first && menuBefore || i > last && menuAfter;
      kept[i] = stays(lines.get(i), amongMenus);
    }
    dropEmptySections();
  }

  private boolean stays(TextLine line, boolean amongMenus) {
    if (line.heading() > 0) {
      return true;
    }
    if (line.isLink()) {
      return listOfLinks && line.isLongLink();
    }
    boolean label =
        line.characters() < SHORT_LINE && line.text().chars().noneMatch(Character::isDigit);
    return !(amongMenus && label && !isText(line));
  }

  /** A heading goes with all that stood below it. */
  private void dropEmptySections() {
    boolean anyText = IntStream.range(0, kept.length).anyMatch(i -> kept[i] && !isHeading(i));
    // Whether something stays below a heading of each level that would stand here.
    var below = new boolean[LEVELS];
    for (int i = kept.length - 1; i >= 0 && anyText; i--) {
      int level = lines.get(i).heading();
      if (isHeading(i)) {
        kept[i] = below[level];
        Arrays.fill(below, level, LEVELS, false);
      } else if (kept[i]) {
        Arrays.fill(below, true);
      }
    }
  }

  private boolean isHeading(int i) {
    return lines.get(i).heading() > 0;
  }

  private static boolean isText(TextLine line) {
    boolean sentence = line.text().chars().anyMatch(c -> c == '。' || c == '！' || c == '？');
    return line.heading() == 0
        && (line.isRow()
            || line.linkShare() < MOSTLY_LINKS && (sentence || line.characters() >= LONG_LINE));
  }
}
