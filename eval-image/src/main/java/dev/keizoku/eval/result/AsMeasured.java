package dev.keizoku.eval.result;

import dev.keizoku.eval.compare.Measured;
import dev.keizoku.eval.metric.Guessing;
import dev.keizoku.eval.metric.Metric;
import dev.keizoku.eval.metric.Outcome;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.stats.Units;
import java.util.List;

/** What all models said of a task's choices, as it is compared. */
final class AsMeasured {
  private AsMeasured() {}

  /**
   * @param models the base model and then the candidates
   */
  static Measured of(TaskRequests task, List<ModelScores> models) {
    var metric = Metric.named(task.task().score());
    return new Measured(
        task.task().name(),
        task.promptSets(),
        task.name(),
        metric.label(),
        task.task().file().labels().general(),
        Units.byKey(task.requests().stream().map(request -> request.doc().unit()).toList()),
        models.stream().map(model -> model.score(task)).toList(),
        task.ofDocuments()
            ? List.of()
            : models.stream().map(model -> answers(model.outcomes(task))).toList(),
        task.ofDocuments() ? null : Guessing.score(metric, models.getFirst().outcomes(task)));
  }

  private static int[] answers(List<Outcome> outcomes) {
    return outcomes.stream().mapToInt(Outcome::predicted).toArray();
  }
}
