package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.answer.TextStyle;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Measure;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;
import dev.keizoku.page.Table;
import java.util.Arrays;
import java.util.List;

/** How the models write: numbers without a better and a worse. */
final class StyleTable {
  private StyleTable() {}

  static Table of(List<Comparison> rows, Reading reading) {
    var words = reading.words();
    var table =
        new Table(words.say("styleTable"))
            .label(words.say("candidate"))
            .label(words.say("task"))
            .label(words.say("measure"))
            .number(words.say("answers"), "")
            .number(words.say("base"), "")
            .number(words.say("candidate"), "")
            .number(words.say("difference"), words.say("interval", reading.level()))
            .number("p", words.say("overAllRows"));
    for (var row : rows) {
      int decimals = row.metric().equals(TextStyle.LENGTH.word()) ? 1 : ScoreTables.DECIMALS;
      table.row(
          Cell.of(row.candidate()),
          Cell.of(row.task()),
          Cell.of(meaning(row.metric(), words)),
          Cell.count(row.counts().n()),
          number(row.base(), decimals),
          number(row.tuned(), decimals),
          Cell.number(Numbers.signed(row.delta(), decimals))
              .noted(
                  reading.range(
                      Numbers.signed(row.interval().low(), decimals),
                      Numbers.signed(row.interval().high(), decimals))),
          ScoreTables.p(row.evidence().pAdjusted()));
    }
    return table;
  }

  private static String meaning(String measure, Phrases words) {
    return Arrays.stream(TextStyle.values())
        .filter(style -> style.word().equals(measure))
        .map(style -> words.say("style." + style))
        .findFirst()
        .orElseGet(() -> words.say("cut"));
  }

  private static Cell number(Measure measure, int decimals) {
    return Cell.number(Numbers.fixed(measure.value(), decimals));
  }
}
