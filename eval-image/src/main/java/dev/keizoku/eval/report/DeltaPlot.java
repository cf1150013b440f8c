package dev.keizoku.eval.report;

import dev.keizoku.eval.result.Comparison;
import java.util.List;

/** The differences with their intervals as a drawing: a line for each row, zero in the middle. */
final class DeltaPlot {
  private static final int LABEL = 150;
  private static final int WIDTH = 520;
  private static final int ROW = 26;
  private static final int MARGIN = 18;

  private DeltaPlot() {}

  static String svg(List<Comparison> rows) {
    double reach = reach(rows);
    int height = rows.size() * ROW + 2 * MARGIN;
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Differences with intervals\">\n"
            .formatted(LABEL + WIDTH, height));
    for (double mark : new double[] {-reach, -reach / 2, 0, reach / 2, reach}) {
      svg.append(axis(mark, reach, height));
    }
    for (int i = 0; i < rows.size(); i++) {
      svg.append(row(rows.get(i), MARGIN + i * ROW + ROW / 2, reach));
    }
    return svg.append("</svg>\n").toString();
  }

  /** The largest distance from zero, rounded up to a number that reads well. */
  private static double reach(List<Comparison> rows) {
    double largest =
        rows.stream()
            .mapToDouble(
                row -> Math.max(Math.abs(row.interval().low()), Math.abs(row.interval().high())))
            .max()
            .orElse(0);
    // Halves of these still have two decimals.
    double unit = largest <= 0.1 ? 0.02 : 0.1;
    return Math.max(1, Math.ceil(largest / unit)) * unit;
  }

  private static String axis(double mark, double reach, int height) {
    return """
        <line class="%s" x1="%.1f" y1="%d" x2="%.1f" y2="%d"/>
        <text class="tick" x="%.1f" y="%d">%s</text>
        """
        .formatted(
            mark == 0 ? "zero" : "grid",
            x(mark, reach),
            MARGIN - 6,
            x(mark, reach),
            height - MARGIN,
            x(mark, reach),
            height - 4,
            mark == 0 ? "0" : "%+.2f".formatted(mark));
  }

  private static String row(Comparison row, int y, double reach) {
    var kind = row.withinNoise() ? "noise" : row.delta() > 0 ? "better" : "worse";
    return """
        <g class="%s"><text x="%d" y="%d">%s</text>
        <line x1="%.1f" y1="%d" x2="%.1f" y2="%d"/><circle cx="%.1f" cy="%d" r="4"/></g>
        """
        .formatted(
            kind,
            LABEL - 12,
            y + 4,
            Html.text(row.task()),
            x(row.interval().low(), reach),
            y,
            x(row.interval().high(), reach),
            y,
            x(row.delta(), reach),
            y);
  }

  private static double x(double value, double reach) {
    return LABEL + (value / reach + 1) / 2 * (WIDTH - 2 * MARGIN) + MARGIN;
  }
}
