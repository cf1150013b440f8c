package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Sweep;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;

/** What the prompt sets did to a candidate's difference: all of them, none picked. */
final class SweepTable {
  private SweepTable() {}

  static String sentence(Sweep sweep, Reading reading) {
    return reading
        .words()
        .say(
            "sweep",
            Numbers.count(sweep.flips()),
            Numbers.count(sweep.sets().size()),
            signed(sweep.mean()),
            signed(sweep.worst().delta()),
            sweep.worst().name(),
            signed(sweep.best().delta()),
            sweep.best().name());
  }

  static Table of(Sweep sweep, Reading reading) {
    var words = reading.words();
    var table =
        new Table(words.say("promptSetTable"))
            .label(words.say("promptSet"))
            .number(words.say("base"), "")
            .number(sweep.candidate(), "")
            .number(words.say("difference"), words.say("interval", reading.level()));
    for (var set : sweep.sets()) {
      var delta = Cell.number(signed(set.delta()));
      table.row(
          Cell.of(set.name()),
          Cell.number(Numbers.fixed(set.base(), ScoreTables.DECIMALS)),
          Cell.number(Numbers.fixed(set.tuned(), ScoreTables.DECIMALS)),
          set.interval() == null
              ? delta
              : delta.noted(
                  reading.range(signed(set.interval().low()), signed(set.interval().high()))));
    }
    return table;
  }

  private static String signed(double value) {
    return Numbers.signed(value, ScoreTables.DECIMALS);
  }
}
