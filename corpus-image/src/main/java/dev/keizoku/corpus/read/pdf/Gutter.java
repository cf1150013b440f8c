package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The empty strip between two columns of running text. Between the columns of a table there is one
 * too; there the cells are short or numbers, and rows are read across.
 */
final class Gutter {
  /** Where to look: so many places over the width of the page. */
  private static final int PLACES = 400;

  private static final int LEAST_LINES = 3;
  private static final double LEAST_CHARACTERS_A_SEGMENT = 8;
  private static final double LEAST_FILLED = 0.5;
  private static final double MOST_DIGITS = 0.35;
  private static final double LEAST_SHARE_OF_LINES = 0.4;

  /** Cells of a table fill less of a column than this. */
  private static final double MOST_OF_A_CELL = 0.6;

  private static final int CELLS_OF_A_TABLE = 3;

  private final float left;
  private final float place;
  private final float right;

  private Gutter(float left, float place, float right) {
    this.left = left;
    this.place = place;
    this.right = right;
  }

  /** The one with most text on its sides; null where there is none. */
  static Gutter of(List<List<Segment>> rows) {
    float left = Float.MAX_VALUE;
    float right = -Float.MAX_VALUE;
    for (var row : rows) {
      left = Math.min(left, row.getFirst().left());
      right = Math.max(right, row.getLast().right());
    }
    Gutter best = null;
    int most = 0;
    for (float place : places(rows, left, right)) {
      var gutter = new Gutter(left, place, right);
      int beside = gutter.bands(rows).stream().mapToInt(gutter::segmentsBeside).sum();
      if (beside > most) {
        best = gutter;
        most = beside;
      }
    }
    return best;
  }

  private static Set<Float> places(List<List<Segment>> rows, float left, float right) {
    float step = Math.max((right - left) / PLACES, 0.1f);
    // In order, so that of places that are as good the first is taken each time.
    var places = new TreeSet<Float>();
    for (var row : rows) {
      for (var segment : row) {
        places.add(Math.round((segment.right() - left) / step) * step + left + step);
        places.add(Math.round((segment.left() - left) / step) * step + left - step);
      }
    }
    return places;
  }

  /** The rows in groups: those that are read across, and those that it parts. */
  List<List<List<Segment>>> bands(List<List<Segment>> rows) {
    var bands = new ArrayList<List<List<Segment>>>();
    boolean before = false;
    for (int i = 0; i < rows.size(); i++) {
      boolean across = isAcross(rows, i);
      if (bands.isEmpty() || before != across) {
        bands.add(new ArrayList<>());
      }
      bands.getLast().add(rows.get(i));
      before = across;
    }
    return bands;
  }

  private boolean isAcross(List<List<Segment>> rows, int i) {
    return rows.get(i).stream().anyMatch(this::isCrossedBy)
        || isOfTable(rows, i) && (isOfTable(rows, i - 1) || isOfTable(rows, i + 1));
  }

  /** Short cells on both sides, several of them or with numbers. */
  private boolean isOfTable(List<List<Segment>> rows, int i) {
    if (i < 0 || i >= rows.size()) {
      return false;
    }
    var row = rows.get(i);
    boolean both = row.getFirst().middle() < place && row.getLast().middle() > place;
    boolean small =
        row.stream()
            .allMatch(
                cell ->
                    cell.width()
                        < MOST_OF_A_CELL * (cell.middle() < place ? place - left : right - place));
    return both
        && small
        && (row.size() >= CELLS_OF_A_TABLE
            || row.stream().anyMatch(cell -> cell.digits() > MOST_DIGITS * cell.characters()));
  }

  private boolean isCrossedBy(Segment segment) {
    return segment.left() < place && segment.right() > place;
  }

  private int segmentsBeside(List<List<Segment>> band) {
    if (isAcross(band, 0)) {
      return 0;
    }
    var left = new Side(side(band, true));
    var right = new Side(side(band, false));
    boolean columns =
        left.isText() && right.isText() && left.lines() >= LEAST_SHARE_OF_LINES * right.lines();
    return columns ? left.segments() + right.segments() : 0;
  }

  /** Whether a band is read column by column, where others of the page are. */
  boolean parts(List<List<Segment>> band) {
    var left = new Side(side(band, true));
    var right = new Side(side(band, false));
    return !isAcross(band, 0)
        && left.segments() > 0
        && right.segments() > 0
        && left.isProse()
        && right.isProse();
  }

  /** What a band has on one side. */
  List<Segment> side(List<List<Segment>> band, boolean left) {
    return band.stream()
        .flatMap(List::stream)
        .filter(segment -> segment.middle() < place == left)
        .toList();
  }

  /** What stands on one side. */
  private record Side(List<Segment> all) {
    int segments() {
      return all.size();
    }

    int lines() {
      return Rows.of(all).size();
    }

    /** Words and not numbers or labels. */
    boolean isProse() {
      long characters = all.stream().mapToLong(Segment::characters).sum();
      long digits = all.stream().mapToLong(Segment::digits).sum();
      return digits <= MOST_DIGITS * characters
          && characters >= LEAST_CHARACTERS_A_SEGMENT * all.size();
    }

    /** Lines of prose that fill their column. */
    boolean isText() {
      return !all.isEmpty() && isProse() && lines() >= LEAST_LINES && filled() >= LEAST_FILLED;
    }

    private double filled() {
      double width =
          all.stream().mapToDouble(Segment::right).max().orElse(0)
              - all.stream().mapToDouble(Segment::left).min().orElse(0);
      double inked = all.stream().mapToDouble(Segment::width).sum();
      return inked / (width * lines());
    }
  }
}
