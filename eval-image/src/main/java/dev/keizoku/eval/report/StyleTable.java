package dev.keizoku.eval.report;

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

  static Table of(List<Comparison> rows, double confidence) {
    var table =
        new Table("How the answers are written")
            .label("Candidate")
            .label("Task")
            .label("Measure")
            .number("Answers", "")
            .number("Base", "")
            .number("Candidate", "")
            .number("Difference", Numbers.percent(confidence, 1) + " interval")
            .number("p", "over all rows");
    for (var row : rows) {
      int decimals = row.metric().equals(TextStyle.LENGTH.word()) ? 1 : ScoreTables.DECIMALS;
      table.row(
          Cell.of(row.candidate()),
          Cell.of(row.task()),
          Cell.of(meaning(row.metric())),
          Cell.count(row.counts().n()),
          number(row.base(), decimals),
          number(row.tuned(), decimals),
          Cell.number(Numbers.signed(row.delta(), decimals))
              .noted(
                  Numbers.signed(row.interval().low(), decimals)
                      + " to "
                      + Numbers.signed(row.interval().high(), decimals)),
          ScoreTables.p(row.evidence().pAdjusted()));
    }
    return table;
  }

  private static String meaning(String measure) {
    return Arrays.stream(TextStyle.values())
        .filter(style -> style.word().equals(measure))
        .map(TextStyle::meaning)
        .findFirst()
        .orElse("cut by length, share");
  }

  private static Cell number(Measure measure, int decimals) {
    return Cell.number(Numbers.fixed(measure.value(), decimals));
  }
}
