package dev.keizoku.eval.report;

import dev.keizoku.contract.eval.GateVerdict;
import dev.keizoku.contract.eval.GateVerdict.Outcome;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Summaries;
import dev.keizoku.eval.compare.Sweep;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.ArrayList;
import java.util.List;

/** All candidates in one table, the largest overall gain first. */
final class CandidatesTable {
  private CandidatesTable() {}

  static Table of(Comparisons rows, Reading reading) {
    var words = reading.words();
    var table =
        new Table(words.say("allCandidates"))
            .label(words.say("candidate"))
            .number(words.say("overallScore"), "")
            .number(words.say("difference"), words.say("interval", reading.level()))
            .number("p", "")
            .number(words.say("flips"), words.say("ofPromptSets"))
            .label("");
    if (reading.gate() != null) {
      table.label(words.say("gate"));
    }
    rows.overall().stream()
        .sorted((a, b) -> Double.compare(b.gain(), a.gain()))
        .forEach(row -> table.row(cells(row, rows, reading), false));
    return table;
  }

  private static List<Cell> cells(Comparison row, Comparisons rows, Reading reading) {
    var cells =
        new ArrayList<>(
            List.of(
                Cell.of(row.candidate()),
                Cell.number(Numbers.fixed(row.tuned().value(), ScoreTables.DECIMALS)),
                ScoreTables.difference(row, reading),
                ScoreTables.p(row.evidence().p()),
                Cell.of(flips(rows.of(row.candidate()).sweeps(), reading)),
                reading.badge(row)));
    if (reading.gate() != null) {
      var verdict =
          Summaries.of(rows.of(row.candidate())).stream()
              .map(summary -> GateVerdict.of(reading.gate(), summary).outcome())
              .findFirst()
              .orElse(Outcome.INCONCLUSIVE);
      cells.add(Cell.badge(reading.words().say("outcome." + verdict), kind(verdict)));
    }
    return cells;
  }

  static String kind(Outcome outcome) {
    return switch (outcome) {
      case PASS -> "better";
      case BLOCK -> "worse";
      case INCONCLUSIVE -> "noise";
    };
  }

  private static String flips(List<Sweep> sweeps, Reading reading) {
    return sweeps.isEmpty()
        ? ""
        : reading
            .words()
            .say(
                "countOf",
                Numbers.count(sweeps.getFirst().flips()),
                Numbers.count(sweeps.getFirst().sets().size()));
  }
}
