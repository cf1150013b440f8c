package dev.keizoku.eval.plan;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import java.util.List;
import java.util.Map;

/**
 * A model of the run.
 *
 * @param model as the run file names it
 * @param identity which model that is
 * @param done scores that an earlier attempt has kept, by the task's name in result files
 */
public record PlannedModel(
    EvalRun.Model model, ScoredModel identity, Map<String, ChoiceScores> done) {

  /** The tasks that it was not yet asked. */
  public List<TaskRequests> open(List<TaskRequests> tasks) {
    return tasks.stream().filter(task -> !done.containsKey(task.name())).toList();
  }
}
