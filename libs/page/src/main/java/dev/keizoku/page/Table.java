package dev.keizoku.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table: a caption, columns of text or numbers, rows. On a narrow screen it scrolls by itself.
 */
public final class Table {
  private final String caption;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param name its head
   * @param unit of its numbers; empty for none
   * @param kind style class: {@code n} numbers, {@code t} text that breaks, {@code s} short text
   */
  public record Column(String name, String unit, String kind) {}

  /**
   * A row.
   *
   * @param cells one a column
   * @param total whether it stands for all others
   */
  public record Row(List<Cell> cells, boolean total) {}

  /** A table without columns; the caption says what its rows are. */
  public Table(String caption) {
    this.caption = caption;
  }

  /** Adds a column of short text, which stays on one line. */
  public Table label(String name) {
    return column(name, "", "s");
  }

  /** Adds a column of text of any length. */
  public Table text(String name) {
    return column(name, "", "t");
  }

  /** Adds a column of numbers, aligned at their right. */
  public Table number(String name, String unit) {
    return column(name, unit, "n");
  }

  private Table column(String name, String unit, String kind) {
    columns.add(new Column(name, unit, kind));
    return this;
  }

  /** Adds a row. */
  public Table row(Cell... cells) {
    return row(List.of(cells), false);
  }

  /**
   * Adds a row.
   *
   * @param total whether it stands for all others
   * @throws IllegalArgumentException when there is not one cell a column
   */
  public Table row(List<Cell> cells, boolean total) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells in a table of " + columns.size() + " columns: " + caption);
    }
    rows.add(new Row(List.copyOf(cells), total));
    return this;
  }

  /** What its rows are. */
  public String caption() {
    return caption;
  }

  /** From left to right. */
  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /** From top to bottom. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }
}
