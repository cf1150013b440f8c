package dev.keizoku.eval.plan;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.generate.GreedyAnswers;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.ModelDigest;
import dev.keizoku.eval.task.TaskCatalog;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What a run comes to, known before a model is in memory: all that is asked, and of each model what
 * an earlier attempt has left to ask.
 *
 * @param run what was asked for, defaults filled in
 * @param tasks the requests, a task and prompt version each
 * @param models the base model and then the candidates
 */
public record EvaluationPlan(EvalRun run, List<TaskRequests> tasks, List<PlannedModel> models) {

  /**
   * Checks the run file, builds the requests and looks at every model.
   *
   * @param store holds models and results
   * @throws RunFault exit 42 for what is wrong with the run file or a model
   */
  public static EvaluationPlan of(EvalRun asked, ObjectStore store, RunContext context) {
    var run = RunChecks.checked(asked);
    var tasks = tasks(run);
    store.ensureBucket(run.output());
    return new EvaluationPlan(run, tasks, models(run, tasks, store, context));
  }

  /** Requests of all models that are still to be made, a choice of a question each. */
  public long openChoices() {
    return models.stream()
        .flatMap(model -> model.open(tasks).stream())
        .mapToLong(TaskRequests::choices)
        .sum();
  }

  /** Requests of all models, those of earlier attempts too. */
  public long choices() {
    return models.size() * tasks.stream().mapToLong(TaskRequests::choices).sum();
  }

  private static List<TaskRequests> tasks(EvalRun run) {
    var catalog = TaskCatalog.load();
    var names = new HashSet<String>();
    var tasks = new ArrayList<TaskRequests>();
    for (var task : run.tasks()) {
      var requests = TaskRequests.of(catalog.find(task.name()), task.promptVersion(), task.limit());
      if (!names.add(requests.name())) {
        throw RunFault.userError(
            Reason.RUN_FILE_INVALID,
            "In the run file, tasks names %s twice; name it once.".formatted(requests.name()));
      }
      tasks.add(requests);
    }
    return tasks;
  }

  private static List<PlannedModel> models(
      EvalRun run, List<TaskRequests> tasks, ObjectStore store, RunContext context) {
    var asked = new ArrayList<>(List.of(run.base()));
    asked.addAll(run.candidates());
    context.progress().begin("check", "models", 0, (long) asked.size());
    var partial = new PartialScores(store, run.output());
    var planned = new ArrayList<PlannedModel>();
    for (var model : asked) {
      var identity = ModelDigest.identify(store, model);
      GreedyAnswers.check(run.generation(), model.name(), EvaluatedModel.check(store, model));
      planned.add(new PlannedModel(model, identity, partial.found(identity, tasks)));
      context.progress().step(planned.size());
      context.stop().check();
    }
    return planned;
  }
}
