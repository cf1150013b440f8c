package dev.keizoku.eval.run;

import ai.djl.Device;
import dev.keizoku.eval.generate.GreedyAnswers;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.plan.PartialScores;
import dev.keizoku.eval.plan.PlannedModel;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScorer;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the models what the plan leaves open. One model is in memory at a time. */
final class ModelRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRuns.class);

  private final EvaluationPlan plan;
  private final ObjectStore store;
  private final Placement placement;
  private final Clock clock;
  private final RequestProgress progress;

  ModelRuns(
      EvaluationPlan plan, ObjectStore store, Device device, Clock clock, RunContext context) {
    this.plan = plan;
    this.store = store;
    this.placement = Placement.on(device, plan.type(), plan.run().passes().addBosToken());
    this.clock = clock;
    this.progress = new RequestProgress(context, plan);
  }

  /** What each model of the plan has said, in the plan's order. */
  List<ModelRun> all() {
    return plan.models().stream().map(this::one).toList();
  }

  private ModelRun one(PlannedModel planned) {
    var open = planned.open(plan.tasks());
    var generation = plan.run().generation();
    if (open.size() < plan.tasks().size()) {
      LOG.info(
          "{}: {} of {} tasks are left", planned.model().name(), open.size(), plan.tasks().size());
    }
    var byTask = new HashMap<>(planned.done());
    if (open.isEmpty() && generation == null) {
      return new ModelRun(new ModelScores(planned.identity(), byTask), List.of());
    }
    try (var model = EvaluatedModel.load(store, planned.model(), planned.identity(), placement)) {
      var scorer = new ChoiceScorer(model, plan.run().passes().batchTokens());
      open.forEach(task -> byTask.put(task.name(), scored(scorer, planned, task)));
      var texts = generation == null ? List.<String>of() : GreedyAnswers.of(model, generation);
      return new ModelRun(new ModelScores(planned.identity(), byTask), texts);
    }
  }

  private ChoiceScores scored(ChoiceScorer scorer, PlannedModel planned, TaskRequests task) {
    var start = clock.instant();
    var scores = scorer.score(task, progress::within);
    progress.scored(task);
    new PartialScores(store, plan.run(), plan.type()).keep(planned.identity(), task, scores);
    LOG.info(
        "{}: {} scored, {} questions in {} s",
        planned.model().name(),
        task.name(),
        task.requests().size(),
        Duration.between(start, clock.instant()).toMillis() / 1000.0);
    return scores;
  }
}
