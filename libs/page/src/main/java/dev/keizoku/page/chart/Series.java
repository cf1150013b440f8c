package dev.keizoku.page.chart;

import dev.keizoku.page.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A curve.
 *
 * @param name for the legend
 * @param points value by step; those that are not finite are not drawn
 */
public record Series(String name, SortedMap<Long, Double> points) {
  private static final int DIGITS = 4;

  /** Takes only the finite points. */
  public Series {
    points =
        points.entrySet().stream()
            .filter(point -> Double.isFinite(point.getValue()))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other, TreeMap::new));
  }

  /** The curve in words: where it begins and ends, and between which values it stays. */
  String summary() {
    if (points.isEmpty()) {
      return "no values";
    }
    var values = points.values().stream().sorted(Comparator.naturalOrder()).toList();
    return "%s at step %s, %s at step %s, between %s and %s"
        .formatted(
            text(points.firstEntry().getValue()),
            Numbers.count(points.firstKey()),
            text(points.lastEntry().getValue()),
            Numbers.count(points.lastKey()),
            text(values.getFirst()),
            text(values.getLast()));
  }

  /** A value as it stands in legends and tables. */
  static String text(double value) {
    return Numbers.significant(value, DIGITS);
  }

  /** Steps that show what the curve does: the lowest and the highest of each stretch. */
  List<Long> telling(int stretches) {
    var all = List.copyOf(points.entrySet());
    if (all.size() <= 2 * stretches) {
      return List.copyOf(points.keySet());
    }
    var chosen = new TreeSet<Long>(List.of(points.firstKey(), points.lastKey()));
    for (int stretch = 0; stretch < stretches; stretch++) {
      int from = (int) ((long) all.size() * stretch / stretches);
      int to = (int) ((long) all.size() * (stretch + 1) / stretches);
      var part = all.subList(from, to);
      chosen.add(part.stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey());
      chosen.add(part.stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey());
    }
    return List.copyOf(chosen);
  }
}
