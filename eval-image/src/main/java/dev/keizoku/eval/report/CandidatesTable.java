package dev.keizoku.eval.report;

import dev.keizoku.contract.eval.GateVerdict;
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
    var table =
        new Table("All candidates against the base model")
            .label("Candidate")
            .number("Overall", "")
            .number("Difference", Numbers.percent(reading.confidence(), 1) + " interval")
            .number("p", "")
            .number("Sign flips", "of prompt sets")
            .label("");
    if (reading.gate() != null) {
      table.label("Gate");
    }
    rows.overall().stream()
        .sorted((a, b) -> Double.compare(b.gain(), a.gain()))
        .forEach(row -> table.row(cells(row, rows, reading), false));
    return table;
  }

  private static List<Cell> cells(Comparison row, Comparisons rows, Reading reading) {
    var judgement = row.judge(reading.confidence(), reading.margin());
    var cells =
        new ArrayList<>(
            List.of(
                Cell.of(row.candidate()),
                Cell.number(Numbers.fixed(row.tuned().value(), ScoreTables.DECIMALS)),
                ScoreTables.difference(row),
                ScoreTables.p(row.evidence().p()),
                Cell.of(flips(rows.of(row.candidate()).sweeps())),
                Cell.badge(judgement.words(), judgement.kind())));
    if (reading.gate() != null) {
      var verdict =
          Summaries.of(rows.of(row.candidate())).stream()
              .map(summary -> GateVerdict.of(reading.gate(), summary).outcome().name())
              .findFirst()
              .orElse(GateVerdict.Outcome.INCONCLUSIVE.name());
      cells.add(Cell.badge(verdict, kind(verdict)));
    }
    return cells;
  }

  static String kind(String outcome) {
    return switch (outcome) {
      case "PASS" -> "better";
      case "BLOCK" -> "worse";
      default -> "noise";
    };
  }

  private static String flips(List<Sweep> sweeps) {
    return sweeps.isEmpty()
        ? ""
        : sweeps.getFirst().flips() + " of " + sweeps.getFirst().sets().size();
  }
}
