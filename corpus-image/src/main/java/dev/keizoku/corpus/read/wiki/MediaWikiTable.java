package dev.keizoku.corpus.read.wiki;

import dev.keizoku.corpus.read.markup.TableColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table in MediaWiki markup as lines: its caption, and its rows with a tab a column, spans
 * unfolded. What stands in it but text is resolved before, links and templates with their pipes
 * among it; a table within a cell is words there.
 *
 * <p>Source: https://www.mediawiki.org/wiki/Help:Tables.
 */
final class MediaWikiTable {
  /** Boxes that lead through the encyclopedia and speak of the article, not of its subject. */
  private static final Pattern FRAME =
      Pattern.compile("(?i)class\\s*=\\s*[\"']?[^\"'\\n]*(?:navbox|metadata|[a-z]mbox)");

  private static final Pattern SPAN =
      Pattern.compile("(?i)\\b(col|row)span\\s*=\\s*[\"']?(\\d{1,5})");
  private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>");
  private static final Pattern LIST = Pattern.compile("^[*#:;]+\\s*");

  /** Tabs that one table may have; spans could ask for a hundred a cell. */
  private static final int MOST_EMPTY_CELLS = 1 << 20;

  private final List<Row> rows = new ArrayList<>();
  private final StringBuilder caption = new StringBuilder();
  private StringBuilder open = new StringBuilder();

  private record Row(List<Cell> cells) {
    boolean isHead() {
      return cells.size() > 1 && cells.stream().allMatch(Cell::head);
    }
  }

  private record Cell(boolean head, StringBuilder text) {}

  private MediaWikiTable() {}

  /**
   * The lines of a table, which end in LF and begin with one.
   *
   * @param inside what stands between its brackets
   */
  static String lines(String inside) {
    var lines = inside.split("\n", -1);
    if (FRAME.matcher(lines[0]).find()) {
      return "";
    }
    var table = new MediaWikiTable();
    for (int i = 1; i < lines.length; i++) {
      table.add(lines[i].strip());
    }
    return table.written();
  }

  private void add(String line) {
    if (line.startsWith("|-")) {
      rows.add(new Row(new ArrayList<>()));
    } else if (line.startsWith("|+")) {
      open = caption;
      open.append(line.substring(2));
    } else if (line.startsWith("!")) {
      addCells(line.substring(1).replace("!!", "||"), true);
    } else if (line.startsWith("|")) {
      addCells(line.substring(1), false);
    } else {
      open.append(' ').append(LIST.matcher(line).replaceFirst(""));
    }
  }

  private void addCells(String line, boolean head) {
    if (rows.isEmpty()) {
      rows.add(new Row(new ArrayList<>()));
    }
    for (var text : line.split("\\|\\|", -1)) {
      open = new StringBuilder(text);
      rows.getLast().cells.add(new Cell(head, open));
    }
  }

  private String written() {
    var columns = new TableColumns();
    for (var row : rows) {
      columns.beginRow();
      for (var cell : row.cells) {
        columns.beginCell(span(cell, "col"), span(cell, "row"));
      }
    }
    var tabs = columns.tabs().iterator();
    var out = new StringBuilder("\n");
    addLine(shown(caption), out);
    int emptyCellsLeft = MOST_EMPTY_CELLS;
    boolean belowHead = false;
    boolean inHead = true;
    for (var row : rows) {
      var line = new StringBuilder();
      for (var cell : row.cells) {
        int before = Math.min(tabs.next(), emptyCellsLeft);
        emptyCellsLeft -= before;
        line.repeat('\t', before).append(shown(cell.text));
      }
      inHead &= row.cells.isEmpty() || row.isHead();
      if (belowHead && !inHead) {
        addLine(columns.rule(), out);
      }
      belowHead = inHead && (belowHead || row.isHead());
      addLine(line.toString().stripTrailing(), out);
    }
    return out.toString();
  }

  private static void addLine(String line, StringBuilder out) {
    if (!line.isBlank()) {
      out.append(line).append('\n');
    }
  }

  private static String span(Cell cell, String kind) {
    var spans = SPAN.matcher(attributes(cell.text));
    while (spans.find()) {
      if (spans.group(1).equalsIgnoreCase(kind)) {
        return spans.group(2);
      }
    }
    return "1";
  }

  /** What stands before the only pipe of a cell is not shown. */
  private static String attributes(StringBuilder cell) {
    return cell.substring(0, Math.max(0, cell.indexOf("|")));
  }

  private static String shown(StringBuilder cell) {
    var text = cell.substring(cell.indexOf("|") + 1);
    return BREAK.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
  }
}
