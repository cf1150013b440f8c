package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparison;
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
 * @param basis what the overall row rests on
 * @param table base against candidate, the overall row first
 * @param plot the differences with their intervals
 * @param findings each task's row in words
 * @param nearChance where neither model does better than guessing; empty for nowhere
 */
public record CandidateSection(
    String name,
    String finding,
    String basis,
    Table table,
    IntervalPlot plot,
    List<String> findings,
    String nearChance) {

  static CandidateSection of(Evaluation evaluation, Comparison overall) {
    double confidence = evaluation.run().bootstrap().confidence();
    var margin = evaluation.run().bootstrap().margin();
    var finding = new Finding(confidence, margin);
    var comparisons = evaluation.comparisons().of(overall.candidate());
    var rows = new ArrayList<>(comparisons.overall());
    rows.addAll(comparisons.general());
    rows.addAll(comparisons.tasks());
    return new CandidateSection(
        overall.candidate(),
        finding.sentence(overall),
        Finding.basis(overall, comparisons.ofOverall()),
        ScoreTables.comparison(rows, confidence, margin),
        plot(rows, confidence, margin),
        comparisons.tasks().stream().map(finding::sentence).toList(),
        Finding.nearChance(comparisons.tasks()));
  }

  private static IntervalPlot plot(List<Comparison> rows, double confidence, Double margin) {
    var title =
        "Difference %s \u2212 base with %s interval"
            .formatted(rows.getFirst().candidate(), Numbers.percent(confidence, 1));
    return new IntervalPlot(
        title,
        rows.stream()
            .filter(row -> row.interval() != null)
            .map(row -> row(row, row.judge(confidence, margin).kind()))
            .toList());
  }

  private static IntervalPlot.Row row(Comparison row, String kind) {
    return new IntervalPlot.Row(
        row.task(),
        row.interval().low(),
        row.delta(),
        row.interval().high(),
        kind,
        Cell.number(Numbers.signed(row.delta(), ScoreTables.DECIMALS)).text());
  }
}
