package dev.keizoku.eval.plan;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.ScoredModel;
import java.util.Comparator;
import java.util.List;

/**
 * A model of the run.
 *
 * @param model as the run file names it
 * @param identity which model that is; null as the key
 * @param needs what is known of it before its weights are read; null behind an endpoint
 * @param key what its scores depend on; null where only its weights tell which model it is
 * @param tasks what it has said of each task in any run so far; nothing while the key is not known
 */
public record PlannedModel(
    EvalRun.Model model,
    ScoredModel identity,
    ModelNeeds needs,
    ModelKey key,
    List<TaskItems> tasks) {

  /**
   * The tasks of which something is still to be asked, that with the longest texts first: too
   * little memory shows at once, not after hours.
   */
  public List<TaskItems> open() {
    return tasks.stream()
        .filter(task -> !task.open().requests().isEmpty())
        .sorted(Comparator.comparingInt((TaskItems task) -> longest(task.open())).reversed())
        .toList();
  }

  /** Whether its weights are not at hand: it is asked, not loaded. */
  public boolean behindEndpoint() {
    return model.api() != null;
  }

  private static int longest(TaskRequests task) {
    return task.requests().stream()
        .mapToInt(
            request ->
                request.context().length()
                    + request.choices().stream().mapToInt(String::length).max().orElse(0))
        .max()
        .orElse(0);
  }
}
