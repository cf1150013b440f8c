package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Sweep;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;

/** What the prompt sets did to a candidate's difference: all of them, none picked. */
final class SweepTable {
  private SweepTable() {}

  static String sentence(Sweep sweep) {
    return "The sign of the gain flips in %s of %s prompt sets: the mean difference is %s, the worst %s (%s), the best %s (%s)."
        .formatted(
            Numbers.count(sweep.flips()),
            Numbers.count(sweep.sets().size()),
            signed(sweep.mean()),
            signed(sweep.worst().delta()),
            sweep.worst().name(),
            signed(sweep.best().delta()),
            sweep.best().name());
  }

  static Table of(Sweep sweep, double confidence) {
    var table =
        new Table("All tasks with the prompts of a set")
            .label("Prompt set")
            .number("Base", "")
            .number(sweep.candidate(), "")
            .number("Difference", Numbers.percent(confidence, 1) + " interval");
    for (var set : sweep.sets()) {
      var delta = Cell.number(signed(set.delta()));
      table.row(
          Cell.of(set.name()),
          Cell.number(Numbers.fixed(set.base(), ScoreTables.DECIMALS)),
          Cell.number(Numbers.fixed(set.tuned(), ScoreTables.DECIMALS)),
          set.interval() == null
              ? delta
              : delta.noted(signed(set.interval().low()) + " to " + signed(set.interval().high())));
    }
    return table;
  }

  private static String signed(double value) {
    return Numbers.signed(value, ScoreTables.DECIMALS);
  }
}
