package dev.keizoku.page.chart;

import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Differences with their intervals, one a row, zero in the middle (a forest plot).
 *
 * @param title what they are
 * @param rows from above
 */
public record IntervalPlot(String title, List<Row> rows) {
  private static final int TICKS = 4;
  private static final int DIGITS = 4;

  /**
   * A difference.
   *
   * @param name of what
   * @param low end of its interval
   * @param value itself
   * @param high end of its interval
   * @param kind {@code better}, {@code worse} or {@code noise}
   * @param text its numbers
   */
  public record Row(String name, double low, double value, double high, String kind, String text) {}

  /**
   * A row as it is drawn.
   *
   * @param name of what
   * @param kind style class
   * @param text its numbers
   * @param low where the interval begins, percent of the width
   * @param value where the difference is
   * @param high where the interval ends
   */
  public record Drawn(
      String name, String kind, String text, String low, String value, String high) {}

  /** Ticks of the axis below; zero is in the middle. */
  public List<PlaceOnScale> ticks() {
    var scale = scale();
    return scale.ticks().stream().map(tick -> PlaceOnScale.of(scale, tick, text(tick))).toList();
  }

  private static String text(double tick) {
    var text = Cell.number(Numbers.significant(tick, DIGITS)).text();
    return tick > 0 ? "+" + text : text;
  }

  /** The rows as they are drawn. */
  public List<Drawn> drawn() {
    var scale = scale();
    return rows.stream().map(row -> drawn(row, scale)).toList();
  }

  private static Drawn drawn(Row row, Scale scale) {
    return new Drawn(
        row.name(),
        row.kind(),
        row.text(),
        PlaceOnScale.percent(scale.at(row.low())),
        PlaceOnScale.percent(scale.at(row.value())),
        PlaceOnScale.percent(scale.at(row.high())));
  }

  private Scale scale() {
    double reach =
        rows.stream()
            .flatMapToDouble(row -> DoubleStream.of(row.low(), row.value(), row.high()))
            .map(Math::abs)
            .filter(distance -> distance > 0)
            .max()
            .orElse(1);
    return Scale.of(Scale.Kind.FROM_ZERO, DoubleStream.of(-reach, reach), TICKS);
  }
}
