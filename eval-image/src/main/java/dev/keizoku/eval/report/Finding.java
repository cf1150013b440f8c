package dev.keizoku.eval.report;

import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Judgement;
import dev.keizoku.page.Numbers;
import java.util.Comparator;
import java.util.List;

/** What a comparison says, in sentences that claim no more than the numbers allow. */
public final class Finding {
  private final Reading reading;
  private final Phrases words;

  Finding(Reading reading) {
    this.reading = reading;
    this.words = reading.words();
  }

  /** One row in plain words. */
  public String sentence(Comparison row) {
    var candidate = row.candidate();
    var task = reading.name(row);
    var margin = reading.margin();
    boolean questions = row.higherIsBetter();
    if (row.counts().changed() == 0 && row.same()) {
      return words.say(questions ? "sameAnswers" : "sameDocuments", candidate, task);
    }
    var delta = signed(row.delta());
    return switch (row.judge(reading.confidence(), margin)) {
      case BETTER -> words.say("findingBetter", task, candidate, size(row), chance(row));
      case WORSE -> words.say("findingWorse", task, candidate, size(row), chance(row));
      case EQUIVALENT ->
          words.say("findingEquivalent", task, candidate, fixed(margin), delta, chance(row));
      case NOT_WORSE ->
          words.say("findingNotWorse", task, candidate, fixed(margin), delta, chance(row));
      case NOISE ->
          words.say(
              questions ? "findingNoiseQuestions" : "findingNoiseDocuments",
              task,
              candidate,
              delta,
              chance(row),
              fixed(row.evidence().detectable()));
      case UNKNOWN -> words.say("findingUnknown", task, delta);
    };
  }

  /** How large a difference is, with what it counts where that has no scale of its own. */
  private static String size(Comparison row) {
    var size = fixed(Math.abs(row.delta()));
    return row.higherIsBetter() ? size : size + " " + row.metric();
  }

  private String chance(Comparison row) {
    var evidence = row.evidence();
    var low = signed(row.interval().low());
    var high = signed(row.interval().high());
    var level = reading.level();
    return evidence.p().equals(evidence.pAdjusted())
        ? words.say("chance", low, high, level, p(evidence.p()))
        : words.say("chanceOverTasks", low, high, level, p(evidence.p()), p(evidence.pAdjusted()));
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
  String basis(Comparison overall, List<Comparison> tasks) {
    if (tasks.stream().anyMatch(row -> row.evidence().standardError() == null)) {
      return "";
    }
    var asked = Numbers.count(overall.counts().n());
    var units = Numbers.count(overall.counts().units());
    if (tasks.size() == 1) {
      return words.say("basisOne", asked, units);
    }
    var number = Numbers.count(tasks.size());
    double all = tasks.stream().mapToDouble(Finding::variance).sum();
    var loudest = tasks.stream().max(Comparator.comparingDouble(Finding::variance)).orElseThrow();
    return all == 0
        ? words.say("basisEven", number, asked, units)
        : words.say(
            "basis",
            number,
            asked,
            units,
            Numbers.percent(variance(loudest) / all, 0),
            loudest.task(),
            Numbers.count(loudest.counts().units()));
  }

  /**
   * Why the overall row and those of its tasks do not say the same; empty where they do.
   *
   * @param tasks the rows that it is the mean of
   */
  String agreement(Comparison overall, List<Comparison> tasks) {
    var shown = tasks.stream().filter(this::isTold).toList();
    var number = Numbers.count(tasks.size());
    if (isTold(overall)) {
      boolean alike = shown.stream().anyMatch(row -> row.gain() > 0 == overall.gain() > 0);
      return alike ? "" : words.say("overallAlone", number);
    }
    return shown.isEmpty()
        ? ""
        : words.say(
            "tasksAlone", String.join(", ", shown.stream().map(Comparison::task).toList()), number);
  }

  private boolean isTold(Comparison row) {
    var judgement = row.judge(reading.confidence(), reading.margin());
    return judgement == Judgement.BETTER || judgement == Judgement.WORSE;
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
  String nearChance(List<Comparison> rows) {
    var tasks = rows.stream().filter(Finding::guesses).map(Comparison::task).toList();
    return tasks.isEmpty() ? "" : words.say("nearChance", String.join(", ", tasks));
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
