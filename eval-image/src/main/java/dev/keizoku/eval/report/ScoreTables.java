package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Evidence;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Evaluation;
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
  static Table comparison(List<Comparison> rows, Reading reading) {
    var words = reading.words();
    var table =
        new Table(words.say("intervals", reading.level()))
            .label(words.say("task"))
            .label("")
            .number(words.say("questions"), words.say("independent"))
            .number(words.say("guessing"), "")
            .number(words.say("base"), "")
            .number(rows.getFirst().candidate(), "")
            .number(words.say("difference"), "")
            .number(words.say("gainedLost"), "")
            .number("p", words.say("overAllTasks"))
            .number(words.say("couldShow"), words.say("planned"));
    rows.forEach(row -> table.row(cells(row, reading), row.task().equals(Comparison.OVERALL)));
    return table;
  }

  /** Every metric of every model on one task. */
  static Table metrics(Evaluation evaluation, TaskRequests task, Phrases words) {
    var table = new Table(words.say("scoresOn", task.name())).label(words.say("metric"));
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

  private static List<Cell> cells(Comparison row, Reading reading) {
    var counts = row.counts();
    var evidence = row.evidence();
    return List.of(
        Cell.of(reading.name(row)).noted(reading.metric(row)),
        reading.badge(row),
        counts.units() == counts.n()
            ? Cell.count(counts.n())
            : Cell.count(counts.n()).noted(Numbers.count(counts.units())),
        row.guessing() == null ? NONE : Cell.number(Numbers.fixed(row.guessing(), DECIMALS)),
        score(row.base(), reading),
        score(row.tuned(), reading),
        difference(row, reading),
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

  static Cell difference(Comparison row, Reading reading) {
    var cell = signed(row.delta());
    var of = row.interval();
    return of == null
        ? cell
        : cell.noted(reading.range(signed(of.low()).text(), signed(of.high()).text()));
  }

  static Cell p(Double value) {
    return value == null ? NONE : Cell.number(Finding.p(value));
  }

  private static Cell score(Measure measure, Reading reading) {
    var cell = Cell.number(Numbers.fixed(measure.value(), DECIMALS));
    var of = measure.interval();
    return of == null
        ? cell
        : cell.noted(
            reading.range(Numbers.fixed(of.low(), SHORT), Numbers.fixed(of.high(), SHORT)));
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
