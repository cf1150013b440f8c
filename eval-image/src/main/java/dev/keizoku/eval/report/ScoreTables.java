package dev.keizoku.eval.report;

import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Comparison;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.Measure;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;

/** The tables of numbers. */
final class ScoreTables {
  static final int DECIMALS = 4;

  private ScoreTables() {}

  /** Base against one candidate, the overall row first. */
  static Table comparison(List<Comparison> rows, double confidence) {
    var table =
        new Table("Scores, \u00b1 one standard error")
            .label("Task")
            .label("Metric")
            .number("Questions", "")
            .number("Guessing", "")
            .number("Base", "")
            .number(rows.getFirst().candidate(), "")
            .number("Difference", "")
            .number(Numbers.percent(confidence, 1) + " interval", "")
            .number("Gained / lost", "")
            .label("");
    rows.forEach(row -> table.row(cells(row), row.task().equals(Comparison.OVERALL)));
    return table;
  }

  /** Every metric of every model on one task. */
  static Table metrics(Evaluation evaluation, TaskRequests task) {
    var table =
        new Table("Scores on " + task.name() + ", \u00b1 one standard error").label("Metric");
    evaluation.models().forEach(scores -> table.number(scores.model().name(), ""));
    for (var name : task.task().metrics()) {
      var cells = new ArrayList<>(List.of(Cell.of(name)));
      for (var model : evaluation.models()) {
        var outcomes = model.on(task).outcomes(task.requests());
        cells.add(cell(Measure.of(Metric.named(name).over(outcomes))));
      }
      table.row(cells, false);
    }
    return table;
  }

  /** How a difference is coloured: {@code better}, {@code worse} or {@code noise}. */
  static String kind(Comparison row) {
    return row.withinNoise() ? "noise" : row.delta() > 0 ? "better" : "worse";
  }

  private static List<Cell> cells(Comparison row) {
    var interval =
        signed(row.interval().low()).text() + " to " + signed(row.interval().high()).text();
    var kind = kind(row);
    return List.of(
        Cell.of(row.task()),
        Cell.of(row.metric()),
        Cell.count(row.n()),
        Cell.number(Numbers.fixed(row.guessing(), DECIMALS)),
        cell(row.base()),
        cell(row.tuned()),
        signed(row.delta()),
        Cell.of(interval),
        Cell.of(Numbers.count(row.gained()) + " / " + Numbers.count(row.lost())),
        Cell.badge(kind.equals("noise") ? "within noise" : kind, kind));
  }

  private static Cell signed(double value) {
    return Cell.number(Numbers.signed(value, DECIMALS));
  }

  private static Cell cell(Measure measure) {
    var cell = Cell.number(Numbers.fixed(measure.value(), DECIMALS));
    return measure.standardError() == null
        ? cell
        : cell.noted("\u00b1 " + Numbers.fixed(measure.standardError(), DECIMALS));
  }
}
