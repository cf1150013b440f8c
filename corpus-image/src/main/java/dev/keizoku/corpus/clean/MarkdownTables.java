package dev.keizoku.corpus.clean;

import java.util.ArrayList;
import java.util.List;

/**
 * Tables in a text. Readers find them as rows of tabs, with a row of {@link #RULE} below a head;
 * texts have them as Markdown does, {@code | 売上高 | 1,234 |}. Rows that follow one another are a
 * table; its head and the rule below are as wide as the widest of them, and other rows end with
 * their last cell, as Markdown lets them.
 */
public final class MarkdownTables {
  /** Each cell of the row between a table's head and its body. */
  public static final String RULE = "---";

  private static final String BEGIN = "| ";
  private static final String END = " |";

  /** What is filled up at the ends of rows is at most so much of a text. */
  private int emptyCellsLeft;

  private final StringBuilder out;
  private final List<String[]> table = new ArrayList<>();

  private MarkdownTables(int length) {
    emptyCellsLeft = length;
    out = new StringBuilder(length + length / 4);
  }

  /** A cleaned text whose rows of tabs are rows of Markdown. */
  public static String of(String text) {
    if (text.indexOf('\t') < 0) {
      return text;
    }
    var tables = new MarkdownTables(text.length());
    for (var line : text.split("\n", -1)) {
      if (line.indexOf('\t') >= 0) {
        tables.table.add(line.split("\t", -1));
      } else {
        tables.endTable();
        tables.out.append(line).append('\n');
      }
    }
    tables.endTable();
    tables.out.setLength(Math.max(0, tables.out.length() - 1));
    return tables.out.toString();
  }

  private void endTable() {
    int width = table.stream().mapToInt(row -> row.length).max().orElse(0);
    for (int i = 0; i < table.size(); i++) {
      var row = table.get(i);
      if (!isRule(row)) {
        append(row, isRule(i + 1) ? width : 0, "");
      } else if (i > 0 && isRule(i)) {
        append(new String[0], width, RULE);
      }
    }
    table.clear();
  }

  /** Whether a row is the rule of a head whose body is there; another below it is not. */
  private boolean isRule(int i) {
    return i + 1 < table.size() && isRule(table.get(i)) && !isRule(table.get(i + 1));
  }

  private static boolean isRule(String[] row) {
    for (var cell : row) {
      if (!cell.equals(RULE)) {
        return false;
      }
    }
    return true;
  }

  private void append(String[] row, int width, String filling) {
    out.append('|');
    for (var cell : row) {
      append(cell.strip().replace("|", "\\|"));
    }
    int missing = Math.min(width - row.length, emptyCellsLeft);
    for (int i = 0; i < missing; i++) {
      append(filling);
    }
    emptyCellsLeft -= missing;
    out.append('\n');
  }

  private void append(String cell) {
    out.append(cell.isEmpty() ? "" : " ").append(cell).append(END);
  }

  /** The same text with tabs in place of Markdown, without the rows between head and body. */
  public static String inTabs(String text) {
    if (!text.startsWith(BEGIN) && !text.contains("\n" + BEGIN)) {
      return text;
    }
    var out = new StringBuilder(text.length());
    for (var line : text.split("\n", -1)) {
      if (!isMarkdown(line, 0, line.length())) {
        out.append(line).append('\n');
      } else {
        var cells = cells(line);
        if (!isRule(cells.toArray(String[]::new))) {
          out.append(String.join("\t", cells).replaceFirst("\t+$", "")).append('\n');
        }
      }
    }
    out.setLength(Math.max(0, out.length() - 1));
    return out.toString();
  }

  private static List<String> cells(String line) {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '|' && line.charAt(i - 1) == '\\') {
        cell.setCharAt(cell.length() - 1, c);
      } else if (c == '|') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    return cells;
  }

  /** The text without the rows below heads. */
  public static String withoutRules(String text) {
    return text.contains(RULE)
        ? text.replaceAll("(?m)^%1$s(?:\t%1$s)+(?:\n|\\z)".formatted(RULE), "")
        : text;
  }

  /**
   * Whether a line is a row of a table, of either kind.
   *
   * @param from where it begins in the text
   * @param end where it ends
   */
  public static boolean isRow(String text, int from, int end) {
    int tab = text.indexOf('\t', from, end);
    return tab >= 0 || isMarkdown(text, from, end);
  }

  private static boolean isMarkdown(String text, int from, int end) {
    return end - from > END.length()
        && text.startsWith(BEGIN, from)
        && text.startsWith(END, end - END.length());
  }
}
