package dev.keizoku.page.chart;

import dev.keizoku.page.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Lying bars from zero, each of one or more parts, with the number behind it. The number and the
 * name are text, so the chart reads without its drawing.
 *
 * @param title what they show
 * @param unit of the numbers
 * @param parts name of each part, for the legend; one without a name has none
 * @param bars from above
 */
public record BarChart(String title, String unit, List<String> parts, List<Bar> bars) {
  private static final int TICKS = 4;
  private static final int DIGITS = 6;

  /**
   * A bar.
   *
   * @param name what it stands for
   * @param values one a part, 0 or more
   * @param text its numbers
   */
  public record Bar(String name, List<Double> values, String text) {

    /** A bar of one part. */
    public static Bar of(String name, double value, String text) {
      return new Bar(name, List.of(value), text);
    }

    private double sum() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  /**
   * A part of a drawn bar.
   *
   * @param style class of its colour
   * @param x where it begins, percent of the width
   * @param width of it, percent
   */
  public record Piece(String style, String x, String width) {}

  /**
   * A bar with its pieces.
   *
   * @param name what it stands for
   * @param text its numbers
   * @param pieces from the left; none of no width
   */
  public record Drawn(String name, String text, List<Piece> pieces) {}

  /** Whether there is anything to draw. */
  public boolean isEmpty() {
    return bars.stream().allMatch(bar -> bar.sum() == 0);
  }

  /** The parts, when they have names. */
  public List<LineChart.Entry> legend() {
    var entries = new ArrayList<LineChart.Entry>();
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).isEmpty()) {
        entries.add(new LineChart.Entry(Palette.curve(i), parts.get(i), ""));
      }
    }
    return entries;
  }

  /** Ticks of the axis below. */
  public List<PlaceOnScale> ticks() {
    var scale = scale();
    return scale.ticks().stream()
        .map(tick -> PlaceOnScale.of(scale, tick, Numbers.significant(tick, DIGITS)))
        .toList();
  }

  /** The bars as they are drawn. */
  public List<Drawn> drawn() {
    var scale = scale();
    var drawn = new ArrayList<Drawn>();
    for (var bar : bars) {
      var pieces = new ArrayList<Piece>();
      double begin = 0;
      for (int i = 0; i < bar.values().size(); i++) {
        double end = begin + bar.values().get(i);
        if (end > begin) {
          pieces.add(
              new Piece(
                  Palette.curve(i),
                  PlaceOnScale.percent(scale.at(begin)),
                  PlaceOnScale.percent(scale.at(end) - scale.at(begin))));
        }
        begin = end;
      }
      drawn.add(new Drawn(bar.name(), bar.text(), pieces));
    }
    return drawn;
  }

  // The longest bar is as wide as there is room; its number stands beside it.
  private Scale scale() {
    var sums = bars.stream().mapToDouble(Bar::sum).toArray();
    double longest = DoubleStream.of(sums).max().orElse(0);
    return Scale.of(Scale.Kind.FROM_ZERO, DoubleStream.of(sums), TICKS).endingAt(longest);
  }
}
