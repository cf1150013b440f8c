package dev.keizoku.eval.plan;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.eval.generate.GreedyAnswers;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.ModelDigest;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.eval.task.HeldOutSet;
import dev.keizoku.eval.task.TaskCatalog;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run comes to, known before a model is in memory: all that is asked, and of each model what
 * an earlier attempt has left to ask.
 *
 * @param run what was asked for, defaults filled in
 * @param tasks the requests, a task and prompt version each
 * @param models the base model and then the candidates
 * @param type that all models are run in, so that a difference between two is none of rounding:
 *     what the run file says, else the narrowest that holds the weights of every one as stored
 */
public record EvaluationPlan(
    EvalRun run, List<TaskRequests> tasks, List<PlannedModel> models, DataType type) {

  /**
   * Checks the run file, builds the requests and looks at every model.
   *
   * @param store holds models and results
   * @throws RunFault exit 42 for what is wrong with the run file or a model
   */
  public static EvaluationPlan of(EvalRun run, ObjectStore store, RunContext context) {
    Check.require(run);
    var tasks = tasks(run, store);
    store.ensureBucket(StoreUri.parse(run.output()));
    var checked = checked(run, tasks, store, context);
    var dtype = run.passes().dtype();
    var type = dtype == null ? widest(checked) : DataType.valueOf(dtype.name());
    var partial = new PartialScores(store, run, type);
    var models =
        checked.stream()
            .map(of -> new PlannedModel(of.model, of.identity, partial.found(of.identity, tasks)))
            .toList();
    return new EvaluationPlan(run, tasks, models, type);
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

  private static List<TaskRequests> tasks(EvalRun run, ObjectStore store) {
    var catalog = TaskCatalog.load(store, run.questions().includePath());
    var tasks = new ArrayList<TaskRequests>();
    for (var task : run.questions().tasks()) {
      var sets = run.questions().promptVersions(task);
      for (var named : catalog.named(task.name())) {
        if (tasks.stream().anyMatch(other -> other.task() == named)) {
          throw RunFault.userError(
              Reason.RUN_FILE_INVALID,
              "Task %s is listed twice: by itself and in a group.".formatted(named.name()));
        }
        tasks.addAll(TaskRequests.of(named, sets, task.limit()));
      }
    }
    for (var set : run.perplexity()) {
      var docs = HeldOutSet.docs(set, store);
      tasks.add(TaskRequests.ofDocuments(HeldOutSet.task(set), docs, set.limit()));
    }
    return tasks;
  }

  private record Checked(EvalRun.Model model, ScoredModel identity, ModelNeeds needs) {}

  private static List<Checked> checked(
      EvalRun run, List<TaskRequests> tasks, ObjectStore store, RunContext context) {
    var asked = new ArrayList<>(List.of(run.base()));
    asked.addAll(run.candidates());
    context.progress().begin("check", "models", 0, (long) asked.size());
    var checked = new ArrayList<Checked>();
    for (var model : asked) {
      var identity = ModelDigest.identify(store, model);
      var needs = EvaluatedModel.check(store, model, tasks, run.passes().addBosToken());
      GreedyAnswers.check(run.generation(), model.name(), needs.config());
      checked.add(new Checked(model, identity, needs));
      context.progress().step(checked.size());
      context.stop().check();
    }
    return checked;
  }

  private static DataType widest(List<Checked> models) {
    return models.stream().allMatch(model -> model.needs.type() == DataType.BFLOAT16)
        ? DataType.BFLOAT16
        : DataType.FLOAT32;
  }
}
