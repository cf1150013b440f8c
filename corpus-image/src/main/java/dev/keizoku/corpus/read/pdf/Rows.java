package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts segments that stand beside one another into rows. */
final class Rows {
  private Rows() {}

  /** The rows from top to bottom, each from left to right. */
  static List<List<Segment>> of(List<Segment> segments) {
    var rows = new ArrayList<List<Segment>>();
    float top = 0;
    float bottom = 0;
    for (var segment :
        segments.stream()
            .sorted(Comparator.comparing((Segment s) -> s.top() + s.bottom()))
            .toList()) {
      if (rows.isEmpty() || !segment.isBeside(top, bottom)) {
        rows.add(new ArrayList<>());
        top = segment.top();
        bottom = segment.bottom();
      }
      rows.getLast().add(segment);
    }
    rows.forEach(row -> row.sort(Comparator.comparing(Segment::left)));
    return rows;
  }

  static float top(List<Segment> row) {
    return row.stream().map(Segment::top).min(Comparator.naturalOrder()).orElseThrow();
  }

  static float bottom(List<Segment> row) {
    return row.stream().map(Segment::bottom).max(Comparator.naturalOrder()).orElseThrow();
  }
}
