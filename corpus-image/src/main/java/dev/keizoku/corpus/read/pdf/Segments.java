package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Joins the glyphs of a page to segments, wherever in the file each glyph stands. */
final class Segments {
  /** Columns of text may be as near as one glyph's width. */
  private static final float GAP = 0.9f;

  private static final float OVERLAP = 0.6f;
  private static final int ROWS_AROUND = 2;

  private final float rowHeight;

  /** Segments by row that may still grow. */
  private final Map<Integer, List<Segment>> open = new HashMap<>();

  private final List<Segment> all = new ArrayList<>();

  private Segments(float rowHeight) {
    this.rowHeight = rowHeight;
  }

  /** The segments, in no order. */
  static List<Segment> of(List<Glyph> glyphs) {
    var sizes = glyphs.stream().map(Glyph::size).sorted().toList();
    var segments = new Segments(sizes.isEmpty() ? 1 : sizes.get(sizes.size() / 2));
    glyphs.stream().sorted(Comparator.comparing(Glyph::left)).forEach(segments::add);
    return segments.all;
  }

  private void add(Glyph glyph) {
    int row = row((glyph.top() + glyph.bottom()) / 2);
    Segment best = null;
    for (int i = row - ROWS_AROUND; i <= row + ROWS_AROUND; i++) {
      var candidates = open.getOrDefault(i, new ArrayList<>());
      // Glyphs come from the left: what is far behind stays as it is.
      candidates.removeIf(segment -> gap(segment, glyph) > GAP);
      for (var segment : candidates) {
        if (segment.isBeside(glyph.top(), glyph.bottom())
            && gap(segment, glyph) >= -OVERLAP
            && (best == null || segment.right() > best.right())) {
          best = segment;
        }
      }
    }
    if (best == null) {
      var segment = new Segment(glyph);
      all.add(segment);
      open.computeIfAbsent(row, r -> new ArrayList<>()).add(segment);
    } else {
      best.add(glyph);
    }
  }

  private int row(float middle) {
    return (int) Math.floor(middle / rowHeight);
  }

  /** In widths of a glyph. */
  private static float gap(Segment segment, Glyph glyph) {
    return (glyph.left() - segment.right()) / Math.max(segment.size(), glyph.size());
  }
}
