package dev.keizoku.eval.result;

import dev.keizoku.eval.compare.Measured;
import dev.keizoku.eval.metric.Guessing;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.stats.Units;
import java.util.HashMap;
import java.util.List;

/** What all models said of a task's choices, as it is compared. */
final class AsMeasured {
  private AsMeasured() {}

  /**
   * @param models the base model and then the candidates
   */
  static Measured of(TaskRequests task, List<ModelScores> models) {
    var metric = task.task().score();
    return new Measured(
        task.task().name(),
        task.promptSets(),
        task.name(),
        metric,
        task.task().file().labels().general(),
        Units.byKey(task.requests().stream().map(request -> request.doc().unit()).toList()),
        models.stream().map(model -> model.score(task)).toList(),
        task.written()
            ? written(models.stream().map(model -> model.answers(task)).toList())
            : task.chosen() ? models.stream().map(model -> model.chosen(task)).toList() : List.of(),
        task.chosen()
            ? Guessing.score(Metric.named(metric), models.getFirst().outcomes(task))
            : null);
  }

  /** The same number for the same answer, whichever model gave it. */
  private static List<int[]> written(List<List<String>> models) {
    var numbers = new HashMap<String, Integer>();
    return models.stream()
        .map(
            answers ->
                answers.stream()
                    .mapToInt(answer -> numbers.computeIfAbsent(answer, a -> numbers.size()))
                    .toArray())
        .toList();
  }
}
