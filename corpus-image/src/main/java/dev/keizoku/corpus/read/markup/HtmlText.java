package dev.keizoku.corpus.read.markup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeVisitor;

/**
 * The text of a page's element as its reader sees it: blocks as lines, rows of a table as lines
 * with a tab a column, no readings of ruby, no scripts, no menus.
 */
public final class HtmlText implements NodeVisitor {
  private static final String INVISIBLE =
      "head, script, style, noscript, template, svg, iframe, object, rt, rp, rtc, [hidden],"
          + " [style~=(?i)(?:display\\s*:\\s*none|visibility\\s*:\\s*hidden)]";
  private static final String CHROME =
      "nav, aside, button, select, textarea, body > header, body > footer, [role=navigation],"
          + " [role=banner], [role=contentinfo], [role=search]";
  private static final Pattern CHROME_NAME =
      Pattern.compile(
          "(?i)^(?:[a-z]+[-_])?(?:g?nav|(?:global|local|side)?(?:nav|navi|navigation|menu)"
              + "|header|footer|(?:foot|head)er-?(?:menu|link|nav|author)|side-?bar|bread|"
              + "bread-?crumbs?|topic-?path|page-?top|ptop|search|sns|share|copyright|toc|"
              + "logo|fsize|font-?size)(?:[-_]?(?:area|box|wrap|wrapper|list|unit|inner|body|head))?"
              + "\\d*$");
  private static final Set<String> CHROME_TAGS = Set.of("div", "ul", "ol", "dl", "section", "p");
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

  /** A part of the page that holds more of its text than this is not its frame. */
  private static final double LARGEST_CHROME = 0.3;

  private static final double LINK_LINE = 0.8;

  /** From the radicals on nearly every character of the plane is as wide as an ideograph. */
  private static final char FIRST_WIDE = 0x2E80;

  /** Tabs that one page may have; spans could ask for a hundred a cell. */
  private static final int MOST_EMPTY_CELLS = 1 << 23;

  private final Map<Element, Integer> tabsBefore = new IdentityHashMap<>();

  /** Rows with a table in a cell place parts of the page; they are no data. */
  private final Set<Element> layoutRows = Collections.newSetFromMap(new IdentityHashMap<>());

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private boolean spaceBefore;
  private boolean brokenBefore;
  private int emptyCellsLeft = MOST_EMPTY_CELLS;
  private int lineCharacters;
  private int linkCharacters;
  private int linkDepth;

  private HtmlText() {}

  /** The text below {@code root}, which loses its invisible parts. */
  public static String of(Element root) {
    root.select(INVISIBLE).remove();
    ShiftedDigits.write(root);
    var text = new HtmlText();
    root.select("table").forEach(text::placeCells);
    for (var inner : root.select("table table")) {
      text.layoutRows.add(inner.parent().closest("tr"));
    }
    root.traverse(text);
    text.endLine();
    return text.out.toString();
  }

  /** Takes menus, headers and footers out of a page. */
  public static void removeChrome(Element body) {
    body.select(INVISIBLE).remove();
    body.select(CHROME).remove();
    int all = body.text().length();
    for (var element : body.getAllElements()) {
      if (element != body
          && (element.normalName().equals("form") || isChromeByName(element))
          && element.text().length() < LARGEST_CHROME * all) {
        element.remove();
      }
    }
  }

  private static boolean isChromeByName(Element element) {
    if (!CHROME_TAGS.contains(element.normalName())) {
      return false;
    }
    return CHROME_NAME.matcher(element.id()).matches()
        || element.classNames().stream().anyMatch(name -> CHROME_NAME.matcher(name).matches());
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
        }
      }
    }
  }

  private void placeCells(Element table) {
    var columns = new TableColumns();
    var cells = new ArrayList<Element>();
    for (var group : table.children()) {
      columns.beginGroup();
      for (var row : group.select("> tr")) {
        columns.beginRow();
        // A row without text only sets the widths of columns.
        boolean empty = row.text().replace('\u00a0', ' ').isBlank();
        for (var cell : empty ? new Elements() : row.select("> td, > th")) {
          columns.beginCell(cell.attr("colspan"), cell.attr("rowspan"));
          cells.add(cell);
        }
      }
    }
    var tabs = columns.tabs();
    for (int i = 0; i < cells.size(); i++) {
      tabsBefore.put(cells.get(i), tabs.get(i));
    }
  }

  private void beginCell(Element cell) {
    if (layoutRows.contains(cell.parent())) {
      endLine();
      return;
    }
    int tabs = tabsBefore.getOrDefault(cell, 0);
    line.repeat('\t', Math.min(tabs, emptyCellsLeft));
    emptyCellsLeft -= Math.min(tabs, emptyCellsLeft);
    spaceBefore = false;
    brokenBefore = false;
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      if (element.normalName().equals("a") && element.hasAttr("href")) {
        linkDepth--;
      } else if (isBlock(element)) {
        breakLine(element);
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
        line.append(c);
        lineCharacters++;
        linkCharacters += linkDepth > 0 ? 1 : 0;
      }
    }
  }

  /**
   * White space of the source is one space at most, and none where a line or a cell begins. A line
   * break between two wide characters is none at all: Japanese has no spaces between words. Between
   * two digits it is one: they are two numbers.
   */
  private void appendSpace(char next) {
    boolean any = spaceBefore || brokenBefore;
    if (any && !line.isEmpty()) {
      char last = line.charAt(line.length() - 1);
      boolean digits = Character.isDigit(last) && Character.isDigit(next);
      boolean wide = last >= FIRST_WIDE && next >= FIRST_WIDE && !digits;
      if (!Character.isWhitespace(last) && !(brokenBefore && wide)) {
        line.append(' ');
      }
    }
    spaceBefore = false;
    brokenBefore = false;
  }

  /** Within a cell of a row with several cells a break is a space: the row stays one line. */
  private void breakLine(Element element) {
    if (!element.normalName().equals("tr") && inRowOfCells(element)) {
      append(" ");
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
        return e.childrenSize() > 1 && !layoutRows.contains(e);
      }
      if (name.equals("table")) {
        return false;
      }
    }
    return false;
  }

  private void endLine() {
    // A line of links is a menu, a table of contents or a way back.
    boolean links = lineCharacters > 0 && linkCharacters >= LINK_LINE * lineCharacters;
    if (lineCharacters > 0 && !links) {
      out.append(line.toString().stripTrailing()).append('\n');
    }
    line.setLength(0);
    spaceBefore = false;
    brokenBefore = false;
    lineCharacters = 0;
    linkCharacters = 0;
  }
}
