package dev.keizoku.eval.report;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.GateVerdict;
import dev.keizoku.contract.words.Language;
import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Comparisons;
import dev.keizoku.eval.compare.Summaries;
import dev.keizoku.page.Cell;
import dev.keizoku.page.Numbers;

/**
 * How rows are read.
 *
 * @param confidence level of the intervals
 * @param margin difference that was stated to be as good as none; null for none
 * @param gate what every candidate must reach; null for none
 * @param words that it is said in
 */
public record Reading(double confidence, Double margin, Gate gate, Phrases words) {

  /** The words of the pages, which terminals and reports to the operator say in English. */
  public static Phrases words(Language language) {
    return Phrases.of("report/page", language);
  }

  /** What rows say. */
  public Finding finding() {
    return new Finding(this);
  }

  /**
   * What the gate says of all candidates.
   *
   * @return null without a gate
   */
  public GateVerdict verdict(Comparisons rows) {
    if (gate == null) {
      return null;
    }
    var summaries = Summaries.of(rows);
    return summaries.isEmpty() ? GateVerdict.open("noItems") : GateVerdict.of(gate, summaries);
  }

  /** The level as it is read, {@code 95%}. */
  String level() {
    return Numbers.percent(confidence, 1);
  }

  /** From one end to the other. */
  String range(String low, String high) {
    return words.say("range", low, high);
  }

  /** A row's name: that of a task is the same in all languages. */
  String name(Comparison row) {
    return switch (row.task()) {
      case Comparison.OVERALL -> words.say("overall");
      case Comparison.GENERAL -> words.say("general");
      default -> row.task();
    };
  }

  /** What its numbers are, likewise. */
  String metric(Comparison row) {
    return row.metric().equals(Comparison.MEAN) ? words.say("mean") : row.metric();
  }

  /** What may be said of a row, as a badge. */
  Cell badge(Comparison row) {
    var judgement = row.judge(confidence, margin);
    return Cell.badge(words.say("judgement." + judgement), judgement.kind());
  }
}
