package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.List;

/** The lines of a page in the order in which they are read: columns one after the other. */
final class ReadingOrder {
  private static final int EDGE_ROWS = 2;

  /** Running heads stand so many times their size away from the text. */
  private static final float HEAD_GAP = 1.2f;

  private static final int DEEPEST = 8;

  private final List<PageLine> lines = new ArrayList<>();

  private ReadingOrder() {}

  static List<PageLine> of(List<Segment> segments) {
    var order = new ReadingOrder();
    var rows = Rows.of(segments);
    int first = edge(rows, 0, 1);
    int last = rows.size() - edge(rows, rows.size() - 1, -1);
    if (rows.size() <= EDGE_ROWS) {
      order.write(rows, Float.MAX_VALUE);
    } else if (first >= last) {
      order.read(rows, right(rows), 0);
    } else {
      var text = rows.subList(first, last);
      order.write(rows.subList(0, first), Float.MAX_VALUE);
      order.read(text, right(text), 0);
      order.write(rows.subList(last, rows.size()), Float.MAX_VALUE);
    }
    return order.lines;
  }

  /** How many rows at an end of the page stand apart from the others. */
  private static int edge(List<List<Segment>> rows, int from, int step) {
    int apart = 0;
    for (int i = 1; i <= EDGE_ROWS && i < rows.size(); i++) {
      var outer = rows.get(from + (i - 1) * step);
      var inner = rows.get(from + i * step);
      float gap =
          step > 0 ? Rows.top(inner) - Rows.bottom(outer) : Rows.top(outer) - Rows.bottom(inner);
      if (gap > HEAD_GAP * outer.getFirst().size()) {
        apart = i;
      }
    }
    return apart;
  }

  private static float right(List<List<Segment>> rows) {
    return (float) rows.stream().mapToDouble(row -> row.getLast().right()).max().orElse(0);
  }

  /**
   * @param right end of the column that the rows stand in
   */
  private void read(List<List<Segment>> rows, float right, int depth) {
    var gutter = rows.isEmpty() || depth == DEEPEST ? null : Gutter.of(rows);
    if (gutter == null) {
      write(rows, right);
      return;
    }
    for (var band : gutter.bands(rows)) {
      if (gutter.parts(band)) {
        for (boolean left : new boolean[] {true, false}) {
          var column = Rows.of(gutter.side(band, left));
          read(column, right(column), depth + 1);
        }
      } else {
        read(band, right, depth + 1);
      }
    }
  }

  private void write(List<List<Segment>> rows, float right) {
    lines.addAll(TableRows.lines(rows, right));
  }
}
