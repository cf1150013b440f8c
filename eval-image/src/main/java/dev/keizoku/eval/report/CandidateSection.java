package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Comparisons;
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
 * @param title of the section
 * @param finding the overall row in words
 * @param basis what the overall row rests on
 * @param agreement why the overall row and its tasks do not say the same; empty where they do
 * @param table base against candidate, the overall row first
 * @param plot the differences with their intervals
 * @param findings each task's row in words
 * @param nearChance where neither model does better than guessing; empty for nowhere
 * @param sweep what the prompt sets did, in words; empty for one set
 * @param sets the same as a table; null for one set
 */
public record CandidateSection(
    String name,
    String title,
    String finding,
    String basis,
    String agreement,
    Table table,
    IntervalPlot plot,
    List<String> findings,
    String nearChance,
    String sweep,
    Table sets) {

  static CandidateSection of(Comparisons comparisons, Reading reading) {
    var overall = comparisons.overall().getFirst();
    var finding = reading.finding();
    var rows = new ArrayList<>(comparisons.overall());
    rows.addAll(comparisons.general());
    rows.addAll(comparisons.tasks());
    var sweep = comparisons.sweeps().stream().findFirst();
    return new CandidateSection(
        overall.candidate(),
        reading.words().say("against", overall.candidate()),
        finding.sentence(overall),
        finding.basis(overall, comparisons.ofOverall()),
        finding.agreement(overall, comparisons.ofOverall()),
        ScoreTables.comparison(rows, reading),
        plot(rows, reading),
        comparisons.tasks().stream().map(finding::sentence).toList(),
        finding.nearChance(comparisons.tasks()),
        sweep.map(of -> SweepTable.sentence(of, reading)).orElse(""),
        sweep.map(of -> SweepTable.of(of, reading)).orElse(null));
  }

  private static IntervalPlot plot(List<Comparison> rows, Reading reading) {
    var title = reading.words().say("plotTitle", rows.getFirst().candidate(), reading.level());
    return new IntervalPlot(
        title,
        rows.stream().filter(row -> row.interval() != null).map(row -> row(row, reading)).toList());
  }

  private static IntervalPlot.Row row(Comparison row, Reading reading) {
    return new IntervalPlot.Row(
        reading.name(row),
        row.interval().low(),
        row.delta(),
        row.interval().high(),
        row.judge(reading.confidence(), reading.margin()).kind(),
        Cell.number(Numbers.signed(row.delta(), ScoreTables.DECIMALS)).text());
  }
}
