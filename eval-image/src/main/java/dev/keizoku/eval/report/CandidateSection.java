package dev.keizoku.eval.report;

import dev.keizoku.eval.result.Comparison;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import dev.keizoku.page.chart.IntervalPlot;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page says of one candidate.
 *
 * @param name the candidate's
 * @param finding the overall row in words
 * @param table base against candidate, the overall row first
 * @param plot the differences with their intervals
 * @param findings each task's row in words
 * @param nearChance where neither model does better than guessing; empty for nowhere
 */
public record CandidateSection(
    String name,
    String finding,
    Table table,
    IntervalPlot plot,
    List<String> findings,
    String nearChance) {

  static CandidateSection of(Evaluation evaluation, Comparison overall) {
    double confidence = evaluation.run().bootstrap().confidence();
    var tasks =
        evaluation.comparisons().tasks().stream()
            .filter(row -> row.candidate().equals(overall.candidate()))
            .toList();
    var rows = new ArrayList<Comparison>(List.of(overall));
    rows.addAll(tasks);
    return new CandidateSection(
        overall.candidate(),
        Finding.sentence(overall, confidence),
        ScoreTables.comparison(rows, confidence),
        plot(rows, confidence),
        tasks.stream().map(row -> Finding.sentence(row, confidence)).toList(),
        Finding.nearChance(tasks));
  }

  private static IntervalPlot plot(List<Comparison> rows, double confidence) {
    var title =
        "Difference %s \u2212 base with %s interval"
            .formatted(rows.getFirst().candidate(), Numbers.percent(confidence, 1));
    return new IntervalPlot(title, rows.stream().map(CandidateSection::row).toList());
  }

  private static IntervalPlot.Row row(Comparison row) {
    return new IntervalPlot.Row(
        row.task(),
        row.interval().low(),
        row.delta(),
        row.interval().high(),
        ScoreTables.kind(row),
        Cell.number(Numbers.signed(row.delta(), ScoreTables.DECIMALS)).text());
  }
}
