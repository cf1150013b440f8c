package dev.keizoku.page.chart;

import dev.keizoku.page.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A chart of curves as SVG. The drawing is stretched to the width that there is, the axes' texts
 * are not: heights are pixels, places along the steps are thousandths of the width.
 */
public final class StillLines {
  private static final int HEIGHT = 220;
  private static final int WIDTH = 1000;
  private static final int EDGE = 8;
  private static final int TICKS = 5;
  private static final int STRETCHES = 200;
  private static final int DOTS = 40;
  private static final int DIGITS = 6;
  private static final double SMALL = 1e-2;

  private final LineChart chart;
  private final Scale up;
  private final Scale along;

  StillLines(LineChart chart) {
    this.chart = chart;
    up = Scale.of(chart.kind(), values(), TICKS);
    along = Scale.of(Scale.Kind.FITTED, steps(), TICKS);
  }

  /**
   * A tick of the upright axis.
   *
   * @param y its place, pixels from above
   * @param text its number
   */
  public record Tick(String y, String text) {}

  /**
   * A curve or a mark.
   *
   * @param style class of its colour
   * @param path of the line
   * @param dots path of its points; empty when they are many
   */
  public record Line(String style, String path, String dots) {}

  private DoubleStream values() {
    return chart.series().stream()
        .flatMap(curve -> curve.points().values().stream())
        .mapToDouble(Double::doubleValue);
  }

  private DoubleStream steps() {
    return chart.series().stream()
        .filter(curve -> !curve.points().isEmpty())
        .flatMap(curve -> List.of(curve.points().firstKey(), curve.points().lastKey()).stream())
        .mapToDouble(Long::doubleValue);
  }

  /** Ticks of the values, from below. */
  public List<Tick> rows() {
    return up.ticks().stream().map(tick -> new Tick(y(tick), value(tick))).toList();
  }

  /** Ticks of the steps, from the left. */
  public List<PlaceOnScale> columns() {
    return along.ticks().stream().map(tick -> PlaceOnScale.of(along, tick, text(tick))).toList();
  }

  /** The curves. */
  public List<Line> lines() {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < chart.series().size(); i++) {
      lines.add(line(Palette.curve(i), chart.series().get(i)));
    }
    return lines;
  }

  /** The marks that lie within. */
  public List<Line> marks() {
    var lines = new ArrayList<Line>();
    for (int i = 0; i < chart.marks().size(); i++) {
      var path = new StringBuilder();
      for (var step : chart.marks().get(i).steps()) {
        if (step >= along.low() && step <= along.high()) {
          path.append("M").append(x(step)).append(" 0V").append(HEIGHT);
        }
      }
      lines.add(new Line(Palette.mark(i), path.toString(), ""));
    }
    return lines;
  }

  /** Whether the upright axis is logarithmic. */
  public boolean logarithmic() {
    return up.logarithmic();
  }

  private Line line(String style, Series curve) {
    var path = new StringBuilder();
    var dots = new StringBuilder();
    for (var step : curve.telling(STRETCHES)) {
      var place = x(step) + " " + y(curve.points().get(step));
      path.append(path.isEmpty() ? "M" : "L").append(place);
      dots.append("M").append(place).append("h0");
    }
    boolean few = curve.points().size() <= DOTS;
    return new Line(style, path.toString(), few ? dots.toString() : "");
  }

  private String x(double step) {
    return Numbers.coordinate(along.at(step) * WIDTH);
  }

  private String y(double value) {
    return Numbers.coordinate(EDGE + (1 - up.at(value)) * (HEIGHT - 2 * EDGE));
  }

  // One way for all of an axis, as the script does.
  private String value(double tick) {
    return Math.max(Math.abs(up.low()), Math.abs(up.high())) < SMALL
        ? Numbers.scientific(tick, DIGITS)
        : text(tick);
  }

  private static String text(double tick) {
    return Numbers.significant(tick, DIGITS);
  }
}
