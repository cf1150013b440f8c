package dev.keizoku.page.chart;

import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Curves over the steps of a run.
 *
 * @param title what they show
 * @param unit of the values; empty for none
 * @param kind of the upright axis
 * @param series one or more
 * @param marks what happened meanwhile; those without steps are left out
 */
public record LineChart(
    String title, String unit, Scale.Kind kind, List<Series> series, List<Marks> marks) {
  private static final int ROWS = 9;
  private static final int NAMED = 6;

  /** Leaves out marks that have no steps. */
  public LineChart {
    series = List.copyOf(series);
    marks = marks.stream().filter(mark -> !mark.steps().isEmpty()).toList();
  }

  /**
   * A line of the legend.
   *
   * @param style class of its colour or dashes
   * @param name of the curve or mark
   * @param summary in words
   */
  public record Entry(String style, String name, String summary) {}

  /** Whether there is anything to draw. */
  public boolean isEmpty() {
    return series.stream().allMatch(curve -> curve.points().isEmpty());
  }

  /** The curves' lines of the legend. */
  public List<Entry> legend() {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < series.size(); i++) {
      entries.add(new Entry(Palette.curve(i), series.get(i).name(), series.get(i).summary()));
    }
    return entries;
  }

  /** The marks' lines of the legend. */
  public List<Entry> markLegend() {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < marks.size(); i++) {
      entries.add(new Entry(Palette.mark(i), marks.get(i).name(), steps(marks.get(i).steps())));
    }
    return entries;
  }

  private static String steps(List<Long> steps) {
    var named = steps.stream().limit(NAMED).map(Numbers::count).toList();
    var text = (steps.size() == 1 ? "step " : "steps ") + String.join("; ", named);
    return steps.size() > NAMED
        ? text + "; " + Numbers.count(steps.size() - NAMED) + " more"
        : text;
  }

  /** The drawing that needs no script. */
  public StillLines still() {
    return new StillLines(this);
  }

  /** What the script draws, as JSON. */
  public String live() {
    return LiveLines.json(this);
  }

  /** Some of the numbers: the first, the last, and others between them at even distances. */
  public Table numbers() {
    var all = new TreeSet<Long>();
    series.forEach(curve -> all.addAll(curve.points().keySet()));
    var steps = List.copyOf(all);
    var shown = new TreeSet<Long>();
    int rows = Math.min(ROWS, steps.size());
    for (int row = 0; row < rows; row++) {
      shown.add(steps.get((int) ((long) row * (steps.size() - 1) / Math.max(1, rows - 1))));
    }
    var table = new Table(title + " by step").number("step", "");
    series.forEach(curve -> table.number(curve.name(), unit));
    for (var step : shown) {
      var cells = new ArrayList<>(List.of(Cell.count(step)));
      series.forEach(curve -> cells.add(cell(curve.points().get(step))));
      table.row(cells, false);
    }
    return table;
  }

  private static Cell cell(Double value) {
    return value == null ? Cell.of("") : Cell.number(Series.text(value));
  }
}
