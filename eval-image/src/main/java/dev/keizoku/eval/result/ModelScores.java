package dev.keizoku.eval.result;

import dev.keizoku.contract.result.EvalResult.ModelNotes;
import dev.keizoku.eval.metric.ItemScores;
import dev.keizoku.eval.metric.MeanScores;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.ScoredModel;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

  /** Questions of a task whose answer has an equal; the first of them counts. */
  public long ties(TaskRequests task) {
    if (!task.chosen()) {
      return 0;
    }
    var metric = Metric.named(task.task().score());
    return outcomes(task).stream().filter(metric::tied).count();
  }

  /** Of each question the index of the choice that is scored, of a task of choices. */
  public int[] chosen(TaskRequests task) {
    var metric = Metric.named(task.task().score());
    return outcomes(task).stream().mapToInt(metric::chosen).toArray();
  }

  /** What is to be known beside its scores. */
  public ModelNotes notes(List<TaskRequests> tasks) {
    long refused = tasks.stream().mapToLong(task -> on(task).refused()).sum();
    return new ModelNotes(
        model.name(),
        tasks.stream().mapToLong(this::ties).sum(),
        tasks.stream().mapToLong(task -> on(task).cut()).sum(),
        refused == 0 ? null : Long.valueOf(refused));
  }

  List<Outcome> outcomes(TaskRequests task) {
    return on(task).outcomes(task.requests());
  }

  /** The metric that stands for a task, over its questions. */
  public ItemScores score(TaskRequests task) {
    return score(task, task.task().score());
  }

  /** A metric over the questions of a task. */
  public ItemScores score(TaskRequests task, String metric) {
    if (!task.written()) {
      return task.file().output().metric(metric).over(outcomes(task));
    }
    var answers = answers(task);
    var rule = task.file().answering().metrics().get(metric);
    return new MeanScores(
        IntStream.range(0, answers.size())
            .mapToDouble(i -> rule.score(answers.get(i), task.requests().get(i).choices()))
            .toArray());
  }

  /** Of each question the answer that is scored, of a task whose answers are written. */
  public List<String> answers(TaskRequests task) {
    return on(task).texts().stream().map(task.file().answering().filters()::one).toList();
  }
}
