package dev.keizoku.eval.result;

import dev.keizoku.contract.result.EvalResult.ModelNotes;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import java.util.List;
import java.util.Map;

/**
 * A model on all tasks of the run.
 *
 * @param model which
 * @param byTask its log-likelihoods by the task's name in result files
 */
public record ModelScores(ScoredModel model, Map<String, ChoiceScores> byTask) {

  /** Log-likelihoods on a task. */
  public ChoiceScores on(TaskRequests task) {
    return byTask.get(task.name());
  }

  /** Questions of a task whose likeliest choice has an equal; the first of them counts. */
  public long ties(TaskRequests task) {
    return outcomes(task).stream().filter(Outcome::tied).count();
  }

  /** What is to be known beside its scores. */
  public ModelNotes notes(List<TaskRequests> tasks) {
    return new ModelNotes(
        model.name(),
        tasks.stream().mapToLong(this::ties).sum(),
        tasks.stream().mapToLong(task -> on(task).cut()).sum());
  }

  List<Outcome> outcomes(TaskRequests task) {
    return on(task).outcomes(task.requests());
  }

  ItemScores score(TaskRequests task) {
    return score(task, task.task().score());
  }

  /** A metric over the questions of a task. */
  public ItemScores score(TaskRequests task, String metric) {
    return Metric.named(metric).over(outcomes(task));
  }
}
