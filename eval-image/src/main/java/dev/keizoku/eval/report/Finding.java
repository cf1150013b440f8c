package dev.keizoku.eval.report;

import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.page.Numbers;
import java.util.Comparator;
import java.util.List;

/** What a comparison says, in sentences that claim no more than the numbers allow. */
public final class Finding {
  private final double confidence;
  private final Double margin;

  /**
   * @param confidence level of the intervals
   * @param margin difference that was stated to be as good as none; null for none
   */
  public Finding(double confidence, Double margin) {
    this.confidence = confidence;
    this.margin = margin;
  }

  /** One row in plain words. */
  public String sentence(Comparison row) {
    if (row.counts().changed() == 0 && row.same()) {
      return row.higherIsBetter()
          ? "%s answers every question of %s as the base model does."
              .formatted(row.candidate(), row.task())
          : "%s finds every document of %s as likely as the base model does."
              .formatted(row.candidate(), row.task());
    }
    return switch (row.judge(confidence, margin)) {
      case BETTER, WORSE ->
          "%s: %s is %s than the base model by %s%s (%s), more than noise explains."
              .formatted(
                  row.task(),
                  row.candidate(),
                  row.gain() > 0 ? "better" : "worse",
                  fixed(Math.abs(row.delta())),
                  row.higherIsBetter() ? "" : " " + row.metric(),
                  numbers(row));
      case EQUIVALENT ->
          "%s: %s is as good as the base model within %s: the difference is %s (%s)."
              .formatted(
                  row.task(), row.candidate(), fixed(margin), signed(row.delta()), numbers(row));
      case NOT_WORSE ->
          "%s: %s is not worse than the base model by %s or more: the difference is %s (%s)."
              .formatted(
                  row.task(), row.candidate(), fixed(margin), signed(row.delta()), numbers(row));
      case NOISE ->
          "%s: the difference of %s (%s) is within noise: these %s do not tell %s from the base model, and could have shown a difference of %s."
              .formatted(
                  row.task(),
                  signed(row.delta()),
                  numbers(row),
                  row.higherIsBetter() ? "questions" : "documents",
                  row.candidate(),
                  fixed(row.evidence().detectable()));
      case UNKNOWN ->
          "%s: the difference is %s; without the items nothing can be said of chance."
              .formatted(row.task(), signed(row.delta()));
    };
  }

  private String numbers(Comparison row) {
    var evidence = row.evidence();
    var text =
        "%s to %s at %s, p %s"
            .formatted(
                signed(row.interval().low()),
                signed(row.interval().high()),
                Numbers.percent(confidence, 1),
                p(evidence.p()));
    return evidence.p().equals(evidence.pAdjusted())
        ? text
        : text + ", over all tasks " + p(evidence.pAdjusted());
  }

  /** A p-value as it is read. */
  static String p(double value) {
    return Numbers.significant(value, 2);
  }

  private static String fixed(double value) {
    return Numbers.fixed(value, ScoreTables.DECIMALS);
  }

  private static String signed(double value) {
    return Numbers.signed(value, ScoreTables.DECIMALS);
  }

  /**
   * What the overall number rests on: how many independent questions it is worth, and which task
   * brings most of its uncertainty.
   *
   * @param tasks the rows that it is the mean of
   */
  static String basis(Comparison overall, List<Comparison> tasks) {
    if (tasks.stream().anyMatch(row -> row.evidence().standardError() == null)) {
      return "";
    }
    double all = tasks.stream().mapToDouble(Finding::variance).sum();
    var loudest = tasks.stream().max(Comparator.comparingDouble(Finding::variance)).orElseThrow();
    var worth =
        "The %s %s with %s questions are worth %s independent ones"
            .formatted(
                Numbers.count(tasks.size()),
                tasks.size() == 1 ? "task" : "tasks",
                Numbers.count(overall.counts().n()),
                Numbers.count(overall.counts().units()));
    return all == 0 || tasks.size() == 1
        ? worth + "."
        : "%s: %s of the uncertainty is that of %s with %s."
            .formatted(
                worth,
                Numbers.percent(variance(loudest) / all, 0),
                loudest.task(),
                Numbers.count(loudest.counts().units()));
  }

  private static double variance(Comparison row) {
    double error = row.evidence().standardError();
    return error * error;
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

  /** Less than two standard errors above guessing. */
  private static boolean guesses(Comparison row) {
    return row.guessing() != null
        && guesses(row.base().value(), row.base().standardError(), row.guessing())
        && guesses(row.tuned().value(), row.tuned().standardError(), row.guessing());
  }

  private static boolean guesses(double score, Double standardError, double guessing) {
    return score <= guessing + (standardError == null ? 0 : 2 * standardError);
  }
}
