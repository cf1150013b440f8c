package dev.keizoku.corpus.read.markup;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * The text of a page's element as its reader sees it: blocks as lines, rows of a table as lines
 * with a tab a column, no readings of ruby, no scripts, no menus.
 */
public final class HtmlText implements NodeVisitor {
  static final String INVISIBLE =
      "head, script, style, noscript, template, svg, iframe, object, rt, rp, rtc, [hidden],"
          + " [style~=(?i)(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden)]";
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "blockquote",
          "body",
          "caption",
          "center",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hr",
          "li",
          "main",
          "ol",
          "p",
          "pre",
          "section",
          "summary",
          "table",
          "tbody",
          "tfoot",
          "thead",
          "tr",
          "ul");

  /** From the radicals on nearly every character of the plane is as wide as an ideograph. */
  private static final char FIRST_WIDE = 0x2E80;

  /** Tabs that one page may have; spans could ask for a hundred a cell. */
  private static final int MOST_EMPTY_CELLS = 1 << 23;

  private final TableCells cells;
  private final List<TextLine> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private boolean spaceBefore;
  private boolean brokenBefore;
  private boolean endedBefore;
  private int emptyCellsLeft = MOST_EMPTY_CELLS;
  private int lineCharacters;
  private int linkCharacters;
  private int bareLetters;
  private int bareDigits;
  private int linkDepth;
  private int heading;
  private String marker = "";

  private HtmlText(TableCells cells) {
    this.cells = cells;
  }

  /**
   * The text below {@code root}, which loses its invisible parts, headings as Markdown has them. A
   * line of links is a menu.
   */
  public static String of(Element root) {
    return lines(root).stream()
        .filter(line -> !line.isLink())
        .map(line -> line.headed() + "\n")
        .collect(Collectors.joining());
  }

  /** The lines below {@code root}, which loses its invisible parts. */
  public static List<TextLine> lines(Element root) {
    root.select(INVISIBLE).remove();
    ShiftedDigits.write(root);
    var text = new HtmlText(TableCells.of(root));
    root.traverse(text);
    text.endLine();
    return text.lines;
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode text) {
      append(text.getWholeText());
    } else if (node instanceof Element element) {
      begin(element);
    }
  }

  private void begin(Element element) {
    switch (element.normalName()) {
      case "br" -> breakLine(element);
      case "td", "th" -> beginCell(element);
      case "a" -> linkDepth += element.hasAttr("href") ? 1 : 0;
      default -> {
        if (isBlock(element)) {
          breakLine(element);
          beginBody(cells.ruleBefore(element));
          heading = isHeading(element) ? element.normalName().charAt(1) - '0' : heading;
          marker = element.normalName().equals("li") ? marker(element) : marker;
        }
      }
    }
  }

  private void beginBody(String rule) {
    if (!rule.isEmpty()) {
      lines.add(new TextLine(rule, rule.length(), 0, 0, 0, 0, ""));
    }
  }

  private static boolean isHeading(Element element) {
    return element.normalName().matches("h[1-6]");
  }

  /** What a browser shows before an item of a list. */
  private static String marker(Element item) {
    var list = item.parent();
    if (list == null || !list.normalName().equals("ol")) {
      return "- ";
    }
    long before =
        item.previousElementSiblings().stream().filter(e -> e.normalName().equals("li")).count();
    var start = list.attr("start").strip();
    return (start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1) + before + ". ";
  }

  private void beginCell(Element cell) {
    if (cells.laysOut(cell.parent())) {
      endLine();
      return;
    }
    int tabs = cells.tabsBefore(cell);
    line.repeat('\t', Math.min(tabs, emptyCellsLeft));
    emptyCellsLeft -= Math.min(tabs, emptyCellsLeft);
    forgetSpace();
  }

  private void forgetSpace() {
    spaceBefore = false;
    brokenBefore = false;
    endedBefore = false;
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      if (element.normalName().equals("a") && element.hasAttr("href")) {
        linkDepth--;
      } else if (isBlock(element)) {
        breakLine(element);
        heading = isHeading(element) ? 0 : heading;
        marker = element.normalName().equals("li") ? "" : marker;
      }
    }
  }

  private static boolean isBlock(Element element) {
    return BLOCKS.contains(element.normalName());
  }

  private void append(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        brokenBefore = true;
      } else if (c == ' ' || c == '\t' || c == '\f') {
        spaceBefore = true;
      } else {
        appendSpace(c);
        appendMark(c);
      }
    }
  }

  private void appendMark(char c) {
    line.append(c);
    lineCharacters++;
    if (linkDepth > 0) {
      linkCharacters++;
    } else {
      bareLetters += Character.isLetterOrDigit(c) ? 1 : 0;
      bareDigits += Character.isDigit(c) ? 1 : 0;
    }
  }

  /**
   * White space of the source is one space at most, and none where a line or a cell begins. A line
   * break between two wide characters is none at all: Japanese has no spaces between words. Between
   * two digits it is one, they are two numbers; and so it is where a block or a line of a cell
   * ends.
   */
  private void appendSpace(char next) {
    boolean any = spaceBefore || brokenBefore || endedBefore;
    if (any && !line.isEmpty()) {
      char last = line.charAt(line.length() - 1);
      boolean digits = Character.isDigit(last) && Character.isDigit(next);
      boolean wide = last >= FIRST_WIDE && next >= FIRST_WIDE && !digits;
      if (!Character.isWhitespace(last) && (endedBefore || !(brokenBefore && wide))) {
        line.append(' ');
      }
    }
    forgetSpace();
  }

  /** Within a cell of a row with several cells a break is a space: the row stays one line. */
  private void breakLine(Element element) {
    if (!element.normalName().equals("tr") && inRowOfCells(element)) {
      endedBefore = true;
    } else {
      endLine();
    }
  }

  private boolean inRowOfCells(Element element) {
    if (!line.isEmpty() && line.charAt(0) == '\t') {
      return true;
    }
    for (var e = element.parent(); e != null; e = e.parent()) {
      var name = e.normalName();
      if (name.equals("tr")) {
        return e.childrenSize() > 1 && !cells.laysOut(e);
      }
      if (name.equals("table")) {
        return false;
      }
    }
    return false;
  }

  private void endLine() {
    if (lineCharacters > 0) {
      lines.add(
          new TextLine(
              line.toString().stripTrailing(),
              lineCharacters,
              linkCharacters,
              bareLetters,
              bareDigits,
              heading,
              marker));
      marker = "";
    }
    line.setLength(0);
    forgetSpace();
    lineCharacters = 0;
    linkCharacters = 0;
    bareLetters = 0;
    bareDigits = 0;
  }
}
