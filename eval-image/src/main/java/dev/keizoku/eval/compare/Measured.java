package dev.keizoku.eval.compare;

import dev.keizoku.eval.metric.ItemScores;
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

  boolean higherIsBetter() {
    return models.getFirst().higherIsBetter();
  }

  ItemScores base() {
    return models.getFirst();
  }
}
