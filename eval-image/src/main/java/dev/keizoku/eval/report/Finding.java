package dev.keizoku.eval.report;

import dev.keizoku.eval.result.Comparison;
import dev.keizoku.page.Numbers;
import java.util.List;

/** What a comparison says, in a sentence that claims no more than the interval allows. */
public final class Finding {
  private Finding() {}

  /** One row in plain words. */
  public static String sentence(Comparison row, double confidence) {
    var interval =
        "%s to %s at %s"
            .formatted(
                signed(row.interval().low()),
                signed(row.interval().high()),
                Numbers.percent(confidence, 1));
    if (row.changed() == 0) {
      return "%s answers every question of %s as the base model does."
          .formatted(row.candidate(), row.task());
    }
    if (row.withinNoise()) {
      return "%s: the difference of %s (%s) is within noise: these %s questions do not tell %s from the base model."
          .formatted(
              row.task(), signed(row.delta()), interval, Numbers.count(row.n()), row.candidate());
    }
    return "%s: %s is %s than the base model by %s (%s), more than noise explains."
        .formatted(
            row.task(),
            row.candidate(),
            row.delta() > 0 ? "better" : "worse",
            Numbers.fixed(Math.abs(row.delta()), ScoreTables.DECIMALS),
            interval);
  }

  private static String signed(double value) {
    return Numbers.signed(value, ScoreTables.DECIMALS);
  }

  /**
   * Warns where neither model does better than somebody who guesses; empty where one does.
   *
   * @param rows of one candidate, without the overall row
   */
  public static String nearChance(List<Comparison> rows) {
    var tasks = rows.stream().filter(Finding::guesses).map(Comparison::task).toList();
    if (tasks.isEmpty()) {
      return "";
    }
    return "Neither model is clearly better than guessing on %s; a difference there says nothing about what a model knows."
        .formatted(String.join(", ", tasks));
  }

  /** Less than two standard errors above guessing; without a standard error, not above it. */
  private static boolean guesses(Comparison row) {
    return guesses(row.base().value(), row.base().standardError(), row.guessing())
        && guesses(row.tuned().value(), row.tuned().standardError(), row.guessing());
  }

  private static boolean guesses(double score, Double standardError, double guessing) {
    return score <= guessing + (standardError == null ? 0 : 2 * standardError);
  }
}
