package dev.keizoku.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line chart as SVG text, for a page without scripts. */
final class CurveChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 70;
  private static final int BOTTOM = 30;
  private static final List<String> COLOURS =
      List.of("#1f5fa8", "#c0504d", "#4f8a3c", "#8064a2", "#d08a2e", "#3a9aa8");

  private CurveChart() {}

  /**
   * A point.
   *
   * @param step horizontal
   * @param value vertical; points that are not finite are left out
   */
  record Point(long step, double value) {}

  /** A chart of one or more curves over the steps; empty text when there is nothing to draw. */
  static String svg(String title, Map<String, List<Point>> curves) {
    var points =
        curves.values().stream()
            .flatMap(List::stream)
            .filter(p -> Double.isFinite(p.value()))
            .toList();
    if (points.isEmpty()) {
      return "";
    }
    var low = points.stream().mapToDouble(Point::value).min().orElseThrow();
    var high = points.stream().mapToDouble(Point::value).max().orElseThrow();
    var last = Math.max(1, points.stream().mapToLong(Point::step).max().orElseThrow());
    var range = high > low ? high - low : 1;
    var svg = new StringBuilder();
    svg.append(
        "<figure><figcaption>%s</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\">"
            .formatted(Html.escape(title), WIDTH, HEIGHT));
    svg.append(label(LEFT - 6, 14, "end", number(high)));
    svg.append(label(LEFT - 6, HEIGHT - BOTTOM, "end", number(low)));
    svg.append(label(LEFT, HEIGHT - 8, "start", "0"));
    svg.append(label(WIDTH - 4, HEIGHT - 8, "end", "step " + last));
    svg.append(
        "<path d=\"M%d 8V%dH%d\" fill=\"none\" stroke=\"#888\"/>"
            .formatted(LEFT, HEIGHT - BOTTOM, WIDTH - 4));
    var index = 0;
    for (var curve : curves.entrySet()) {
      var colour = COLOURS.get(index % COLOURS.size());
      var line = new StringBuilder();
      for (var point : curve.getValue()) {
        if (Double.isFinite(point.value())) {
          var x = LEFT + (WIDTH - 4.0 - LEFT) * point.step() / last;
          var y = 10 + (HEIGHT - BOTTOM - 12.0) * (high - point.value()) / range;
          line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
      }
      svg.append(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>"
              .formatted(line.toString().strip(), colour));
      if (curves.size() > 1) {
        svg.append(
            "<text x=\"%d\" y=\"%d\" fill=\"%s\" text-anchor=\"end\">%s</text>"
                .formatted(WIDTH - 8, 20 + 16 * index, colour, Html.escape(curve.getKey())));
      }
      index++;
    }
    return svg.append("</svg></figure>\n").toString();
  }

  private static String label(int x, int y, String anchor, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>".formatted(x, y, anchor, text);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 1e-2 ? "%.4g" : "%.2e", value);
  }
}
