package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Evidence;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.stats.Interval;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;

/** The tables of numbers. */
final class ScoreTables {
  static final int DECIMALS = 4;

  private static final int SHORT = 3;
  private static final Cell NONE = Cell.of("");

  private ScoreTables() {}

  /** Base against one candidate, the overall row first. */
  static Table comparison(List<Comparison> rows, double confidence, Double margin) {
    var table =
        new Table("Scores, with " + Numbers.percent(confidence, 1) + " intervals")
            .label("Task")
            .label("")
            .number("Questions", "independent")
            .number("Guessing", "")
            .number("Base", "")
            .number(rows.getFirst().candidate(), "")
            .number("Difference", "")
            .number("Gained / lost", "")
            .number("p", "over all tasks")
            .number("Could show", "planned");
    rows.forEach(
        row -> table.row(cells(row, confidence, margin), row.task().equals(Comparison.OVERALL)));
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
        cells.add(cell(Measure.of(model.score(task, name))));
      }
      table.row(cells, false);
    }
    return table;
  }

  private static List<Cell> cells(Comparison row, double confidence, Double margin) {
    var judgement = row.judge(confidence, margin);
    var counts = row.counts();
    var evidence = row.evidence();
    return List.of(
        Cell.of(row.task()).noted(row.metric()),
        Cell.badge(judgement.words(), judgement.kind()),
        counts.units() == counts.n()
            ? Cell.count(counts.n())
            : Cell.count(counts.n()).noted(Numbers.count(counts.units())),
        row.guessing() == null ? NONE : Cell.number(Numbers.fixed(row.guessing(), DECIMALS)),
        score(row.base()),
        score(row.tuned()),
        difference(row),
        Cell.of(Numbers.count(counts.gained()) + " / " + Numbers.count(counts.lost())),
        p(evidence),
        evidence.detectable() == null ? NONE : detectable(evidence));
  }

  /** What can be shown, and what was to be expected before. */
  private static Cell detectable(Evidence evidence) {
    var cell = Cell.number(Numbers.fixed(evidence.detectable(), DECIMALS));
    return evidence.planned() == null
        ? cell
        : cell.noted(Numbers.fixed(evidence.planned(), DECIMALS));
  }

  /** The p-value, and what Holm's correction makes of it. */
  private static Cell p(Evidence evidence) {
    return evidence.p() == null || evidence.p().equals(evidence.pAdjusted())
        ? p(evidence.p())
        : p(evidence.p()).noted(Finding.p(evidence.pAdjusted()));
  }

  static Cell difference(Comparison row) {
    return withInterval(signed(row.delta()), row.interval(), true);
  }

  static Cell p(Double value) {
    return value == null ? NONE : Cell.number(Finding.p(value));
  }

  private static Cell score(Measure measure) {
    return withInterval(
        Cell.number(Numbers.fixed(measure.value(), DECIMALS)), measure.interval(), false);
  }

  private static Cell withInterval(Cell cell, Interval interval, boolean signs) {
    if (interval == null) {
      return cell;
    }
    return cell.noted(
        signs
            ? signed(interval.low()).text() + " to " + signed(interval.high()).text()
            : Numbers.fixed(interval.low(), SHORT)
                + " to "
                + Numbers.fixed(interval.high(), SHORT));
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
