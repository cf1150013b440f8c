package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of a column as lines. Where rows of several cells follow one another they are a table: each
 * cell stands behind as many tabs as its column has columns before it, so that an empty one is
 * seen.
 */
final class TableRows {
  /** A wider gap, in sizes of a glyph, parts two cells; a full-width space does not. */
  private static final float CELL_GAP = 1.3f;

  /** Rows with fewer of the most cells do not tell where columns are: a heading may span some. */
  private static final double ROWS_THAT_TELL = 0.6;

  /** A line that ends nearer to the end of its column, in sizes of a glyph, is full. */
  private static final float FULL = 2.5f;

  private static final int LONGEST_LABEL = 4;
  private static final int SHORTEST_TEXT = 8;

  private TableRows() {}

  private record Cell(float left, float right, String text) {
    boolean overlaps(float otherLeft, float otherRight) {
      return left < otherRight && otherLeft < right;
    }
  }

  /**
   * A line a row.
   *
   * @param right end of the column that they stand in
   */
  static List<PageLine> lines(List<List<Segment>> rows, float right) {
    var cells = rows.stream().map(row -> withoutLabel(cells(row))).toList();
    var lines = new ArrayList<PageLine>();
    for (int i = 0; i < cells.size(); ) {
      int end = i + 1;
      while (cells.get(i).size() > 1 && end < cells.size() && cells.get(end).size() > 1) {
        end++;
      }
      boolean full = rows.get(i).getLast().right() >= right - FULL * rows.get(i).getLast().size();
      table(cells.subList(i, end)).forEach(line -> lines.add(new PageLine(line, full)));
      i = end;
    }
    return lines;
  }

  /** A bullet or the number of a paragraph is no cell. */
  private static List<Cell> withoutLabel(List<Cell> row) {
    if (row.size() != 2) {
      return row;
    }
    var label = row.getFirst();
    var text = row.getLast();
    boolean labelled =
        label.text.length() <= LONGEST_LABEL
            && text.text.length() >= SHORTEST_TEXT
            && text.text.chars().filter(Character::isDigit).count() * 2 < text.text.length();
    return labelled ? List.of(new Cell(label.left, text.right, label.text + " " + text.text)) : row;
  }

  private static List<Cell> cells(List<Segment> row) {
    var cells = new ArrayList<Cell>();
    Segment before = null;
    for (var segment : row) {
      if (before != null
          && segment.left() - before.right()
              <= CELL_GAP * Math.max(before.size(), segment.size())) {
        var last = cells.removeLast();
        cells.add(
            new Cell(
                last.left,
                Math.max(last.right, segment.right()),
                last.text + " " + segment.text()));
      } else {
        cells.add(new Cell(segment.left(), segment.right(), segment.text()));
      }
      before = segment;
    }
    return cells;
  }

  private static List<String> table(List<List<Cell>> rows) {
    var columns = columns(rows);
    return rows.stream().map(row -> line(row, columns)).toList();
  }

  /** Where the columns are; none where the cells do not agree. */
  private static List<Cell> columns(List<List<Cell>> rows) {
    int most = rows.stream().mapToInt(List::size).max().orElse(0);
    var columns = new ArrayList<Cell>();
    rows.stream()
        .filter(row -> row.size() >= ROWS_THAT_TELL * most)
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Cell::left))
        .forEach(
            cell -> {
              var last = columns.isEmpty() ? null : columns.getLast();
              if (last != null && last.overlaps(cell.left, cell.right)) {
                columns.removeLast();
                columns.add(new Cell(last.left, Math.max(last.right, cell.right), ""));
              } else {
                columns.add(new Cell(cell.left, cell.right, ""));
              }
            });
    return columns.size() < most ? List.of() : columns;
  }

  private static String line(List<Cell> row, List<Cell> columns) {
    var line = new StringBuilder(row.getFirst().text);
    int at = column(row.getFirst(), columns, 0);
    line.insert(0, "\t".repeat(at));
    for (var cell : row.subList(1, row.size())) {
      int next = Math.max(column(cell, columns, at + 1), at + 1);
      line.append("\t".repeat(next - at)).append(cell.text);
      at = next;
    }
    return line.toString();
  }

  /** The first column from {@code least} on that a cell stands in; {@code least} for none. */
  private static int column(Cell cell, List<Cell> columns, int least) {
    for (int i = least; i < columns.size(); i++) {
      if (cell.overlaps(columns.get(i).left, columns.get(i).right)) {
        return i;
      }
    }
    return least;
  }
}
