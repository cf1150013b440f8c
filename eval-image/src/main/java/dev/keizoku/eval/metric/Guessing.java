package dev.keizoku.eval.metric;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What somebody who guesses gets: the mark against which a small model's score must be read. Every
 * choice of a question is taken equally often.
 */
public final class Guessing {
  private Guessing() {}

  /** Expected score of guessing, for {@code acc} and {@code f1}; null of other metrics. */
  public static Double score(Metric metric, List<Outcome> outcomes) {
    return switch (metric) {
      case ACC, ACC_NORM -> accuracy(outcomes);
      case F1, F1_NORM -> f1(outcomes);
      default -> null;
    };
  }

  private static double accuracy(List<Outcome> outcomes) {
    return outcomes.stream()
        .mapToDouble(o -> o.gold() < 0 ? 0 : 1.0 / o.logLikelihoods().length)
        .average()
        .orElse(0);
  }

  /** With the expected counts in place of counts, near enough for hundreds of questions. */
  private static double f1(List<Outcome> outcomes) {
    var golds =
        outcomes.stream().collect(Collectors.groupingBy(Outcome::gold, Collectors.counting()));
    int choices = outcomes.getFirst().logLikelihoods().length;
    double predicted = (double) outcomes.size() / choices;
    double sum = 0;
    for (int label = 0; label < choices; label++) {
      double gold = golds.getOrDefault(label, 0L);
      sum += 2 * gold / choices / (gold + predicted);
    }
    var labels = choices + golds.keySet().stream().filter(gold -> gold < 0).count();
    return sum / labels * MacroF1Scores.FACTOR;
  }
}
