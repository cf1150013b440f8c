package dev.keizoku.eval.compare;

import java.util.List;
import java.util.function.Predicate;

/**
 * Which tasks make a mean.
 *
 * @param general whether a task asks for what a model may forget
 * @param higherIsBetter whether it is a score, not a perplexity
 */
record Speaking<T>(Predicate<T> general, Predicate<T> higherIsBetter) {

  /** Those of the overall score: of one scale, and of what was trained for if any. */
  List<T> overall(List<T> tasks) {
    var trained = tasks.stream().filter(general.negate()).toList();
    return scale(trained.isEmpty() ? tasks : trained);
  }

  /** Those of the mean over what may be forgotten; empty where that is the overall score. */
  List<T> forgotten(List<T> tasks) {
    var forgotten = tasks.stream().filter(general).toList();
    return forgotten.isEmpty() || forgotten.equals(overall(tasks)) ? List.of() : scale(forgotten);
  }

  /** Scores and perplexities have no common mean: the scores, unless there are none. */
  private List<T> scale(List<T> tasks) {
    var scores = tasks.stream().filter(higherIsBetter).toList();
    return scores.isEmpty() ? tasks : scores;
  }
}
