package dev.keizoku.corpus.read.markup;

import dev.keizoku.corpus.clean.MarkdownTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * In which column of its table each cell stands, with cells that span columns or rows unfolded: the
 * text of such a cell stands once, where it begins, and the others that it covers are empty. A
 * column in which no cell of the table with a text begins is none: statements span ten columns to
 * indent three levels, and have empty ones for space.
 */
public final class TableColumns {
  /** Columns beyond this one are not told apart, so that a page cannot ask for endless tabs. */
  private static final int MOST_COLUMNS = 100;

  private static final int MOST_ROWS = 65_534;

  /** For how many rows from the next one on a column is covered from above. */
  private final int[] covered = new int[MOST_COLUMNS];

  private int[] coveredBelow = new int[MOST_COLUMNS];
  private final BitSet begun = new BitSet();

  /** The column of each cell, and -1 before those of a row. */
  private final List<Integer> starts = new ArrayList<>();

  private int next;

  /** Begins a row group, which no cell from above reaches into. */
  public void beginGroup() {
    Arrays.fill(covered, 0);
    Arrays.fill(coveredBelow, 0);
  }

  /** Begins a row. */
  public void beginRow() {
    System.arraycopy(coveredBelow, 0, covered, 0, MOST_COLUMNS);
    for (int i = 0; i < MOST_COLUMNS; i++) {
      coveredBelow[i] = Math.max(0, covered[i] - 1);
    }
    next = 0;
    starts.add(-1);
  }

  /**
   * Begins the row's next cell.
   *
   * @param columns its {@code colspan} as written
   * @param rows its {@code rowspan} as written; 0 reaches to the end of the group
   */
  public void beginCell(String columns, String rows) {
    beginCell(columns, rows, true);
  }

  /**
   * The same of a cell that may have no text.
   *
   * @param written whether it has one
   */
  public void beginCell(String columns, String rows, boolean written) {
    while (next < MOST_COLUMNS && covered[next] > 0) {
      next++;
    }
    starts.add(next);
    if (written) {
      begun.set(next);
    }
    int width = number(columns, 1, MOST_COLUMNS);
    int height = number(rows, 0, MOST_ROWS);
    for (int i = 0; i < width && next < MOST_COLUMNS; i++, next++) {
      coveredBelow[next] = Math.max(coveredBelow[next], (height == 0 ? MOST_ROWS : height) - 1);
    }
  }

  /** Columns in which a cell with a text begins. */
  public int count() {
    return begun.cardinality();
  }

  /** The row below the head of the table, as {@link MarkdownTables} takes it; empty for a list. */
  public String rule() {
    return count() > 1 ? String.join("\t", Collections.nCopies(count(), MarkdownTables.RULE)) : "";
  }

  /** For each cell, in order, the tabs from the one before, or from the begin of its row. */
  public List<Integer> tabs() {
    var tabs = new ArrayList<Integer>();
    int before = 0;
    for (int start : starts) {
      int column = start < 0 ? 0 : begun.get(0, start).cardinality();
      if (start >= 0) {
        tabs.add(column - before);
      }
      before = column;
    }
    return tabs;
  }

  private static int number(String attribute, int least, int most) {
    try {
      return Math.clamp(Integer.parseInt(attribute.strip()), least, most);
    } catch (NumberFormatException e) {
      return 1;
    }
  }
}
