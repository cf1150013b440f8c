package dev.keizoku.corpus.read.wiki;

import dev.keizoku.corpus.read.markup.TableColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rows of a table in MediaWiki markup: a line a row, cells apart by tabs, spanned ones
 * unfolded. Until {@link #restored} lines and tabs have other signs, so that a table within a cell
 * is told from the cell's own lines.
 */
final class MediaWikiTable {
  private static final char LINE = '\u0001';
  private static final char TAB = '\u0002';
  private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|&nbsp;");
  private static final Pattern LIST_MARK = Pattern.compile("^[*#:;]+\\s*");
  private static final Pattern SPACES = Pattern.compile("[\\s\u00a0]+");
  private static final Pattern COLUMNS = Pattern.compile("(?i)colspan\\s*=\\s*[\"']?(\\d+)");
  private static final Pattern ROWS = Pattern.compile("(?i)rowspan\\s*=\\s*[\"']?(\\d+)");

  private final TableColumns columns = new TableColumns();
  private final List<String> captions = new ArrayList<>();
  private final List<List<StringBuilder>> rows = new ArrayList<>();
  private StringBuilder open;

  private MediaWikiTable() {}

  /**
   * The rows of a table.
   *
   * @param inside what stands between its braces, links and templates already replaced
   */
  static String rows(String inside) {
    var table = new MediaWikiTable();
    // What stands on the first line are the table's attributes.
    inside.lines().skip(1).map(String::strip).forEach(table::line);
    return table.text();
  }

  /** The text with the lines and tabs of its tables. */
  static String restored(String text) {
    return text.replace(LINE, '\n').replace(TAB, '\t');
  }

  private void line(String line) {
    if (line.startsWith("|+")) {
      captions.add(content(line.substring(2)));
      open = null;
    } else if (line.startsWith("|-")) {
      row();
    } else if (line.startsWith("|") || line.startsWith("!")) {
      cells(line.substring(1), line.charAt(0) == '!' ? "\\|\\||!!" : "\\|\\|");
    } else if (open != null) {
      open.append(' ').append(LIST_MARK.matcher(line).replaceFirst(""));
    }
  }

  private void row() {
    columns.beginRow();
    rows.add(new ArrayList<>());
    open = null;
  }

  private void cells(String line, String between) {
    if (rows.isEmpty()) {
      row();
    }
    for (var cell : line.split(between, -1)) {
      columns.beginCell(span(COLUMNS, cell), span(ROWS, cell));
      open = new StringBuilder(content(cell));
      rows.getLast().add(open);
    }
  }

  private static String span(Pattern attribute, String cell) {
    var found = attribute.matcher(attributes(cell));
    return found.find() ? found.group(1) : "1";
  }

  private static String attributes(String cell) {
    int bar = cell.indexOf('|');
    return bar < 0 ? "" : cell.substring(0, bar);
  }

  private static String content(String cell) {
    return cell.substring(cell.indexOf('|') + 1);
  }

  private String text() {
    var text = new StringBuilder().append(LINE);
    captions.forEach(caption -> text.append(tidy(caption)).append(LINE));
    var tabs = columns.tabs().iterator();
    for (var row : rows) {
      var line = new StringBuilder();
      for (var cell : row) {
        var content = tidy(cell);
        line.repeat(TAB, tabs.next());
        // A table within a cell has lines of its own.
        line.append(content.indexOf(LINE) < 0 ? "" : LINE).append(content);
      }
      if (!line.toString().isBlank() && line.chars().anyMatch(c -> c != TAB)) {
        text.append(line).append(LINE);
      }
    }
    return text.length() == 1 ? "" : text.toString();
  }

  private static String tidy(CharSequence cell) {
    return SPACES.matcher(BREAK.matcher(cell).replaceAll(" ")).replaceAll(" ").strip();
  }
}
