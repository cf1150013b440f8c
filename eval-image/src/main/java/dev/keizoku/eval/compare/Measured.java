package dev.keizoku.eval.compare;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.RatioScores;
import dev.keizoku.eval.stats.Units;
import java.util.List;

/**
 * One prompt of a task, as all models were measured on it.
 *
 * @param task name of the task, the same for all its prompts
 * @param sets names of the prompt sets that it was asked for; in the mean over a task's prompts it
 *     counts as often
 * @param name in result files
 * @param metric name of the metric
 * @param general whether it asks for what a model may forget, not for what it was trained for
 * @param units which items are independent; the same for all prompts of the task
 * @param models the scores of the base model and then of the candidates, all on the same items
 * @param answers which choice each of them took, an array a model; empty where nothing is chosen
 * @param guessing what guessing would score; null where one cannot guess
 */
public record Measured(
    String task,
    List<String> sets,
    String name,
    String metric,
    boolean general,
    Units units,
    List<ItemScores> models,
    List<int[]> answers,
    Double guessing) {

  /** The largest score of an item of which a mean, and a draw of it, still is a number. */
  private static final double LARGEST = 1e300;

  /**
   * Takes what can be compared.
   *
   * @throws RunFault user error {@code NotANumber} for perplexities too large for any number
   */
  public Measured {
    for (var scores : models) {
      if (scores instanceof RatioScores ratio && ratio.largest() > LARGEST) {
        throw RunFault.userError(
            Reason.NOT_A_NUMBER,
            "The %s of %s is too large for a number, as its answers are long and count as a whole; name bits_per_char first in the metric_list of its file (what was scored is kept), or leave the task out."
                .formatted(metric, name));
      }
    }
  }

  boolean higherIsBetter() {
    return models.getFirst().higherIsBetter();
  }

  ItemScores base() {
    return models.getFirst();
  }
}
