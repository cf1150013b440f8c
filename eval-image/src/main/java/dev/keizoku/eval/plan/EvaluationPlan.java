package dev.keizoku.eval.plan;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.generate.PromptAnswers;
import dev.keizoku.eval.items.ItemStore;
import dev.keizoku.eval.items.ModelKey;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.score.ModelCheck;
import dev.keizoku.eval.score.ModelNeeds;
import dev.keizoku.eval.score.Placement;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a run comes to, known before a model is in memory: all that is asked, and of each model what
 * no run before has asked it.
 *
 * @param run what was asked for, defaults filled in
 * @param tasks the requests, a task and prompt version each
 * @param models the base model and then the candidates
 * @param placement where all models are run, in which number type: one, so that a difference
 *     between two is none of rounding; what the run file says, else the narrowest that holds the
 *     weights of every one as stored
 */
public record EvaluationPlan(
    EvalRun run, List<TaskRequests> tasks, List<PlannedModel> models, Placement placement) {

  /**
   * Checks the run file, builds the requests and looks at every model.
   *
   * @param store holds models and results
   * @param devices that models of a number type are run on, one at least
   * @param tokenizers lend the tokenizer that the models are checked with
   * @throws RunFault exit 42 for what is wrong with the run file or a model
   */
  public static EvaluationPlan of(
      EvalRun run,
      ObjectStore store,
      Function<DataType, List<Device>> devices,
      SharedTokenizer tokenizers,
      RunContext context) {
    return of(run, store, devices, new Checking(Identity.CERTAIN, tokenizers), context);
  }

  /**
   * The same without reading a weight, also for devices that are not here.
   *
   * @throws RunFault as {@link #of}
   */
  public static EvaluationPlan unread(
      EvalRun run,
      ObjectStore store,
      Function<DataType, List<Device>> devices,
      RunContext context) {
    try (var tokenizers = new SharedTokenizer()) {
      return of(run, store, devices, new Checking(Identity.AT_A_GLANCE, tokenizers), context);
    }
  }

  private static EvaluationPlan of(
      EvalRun run,
      ObjectStore store,
      Function<DataType, List<Device>> devices,
      Checking checking,
      RunContext context) {
    var tasks = RunRequests.of(run, store);
    requireAnswers(run, tasks);
    var checked = checked(run, tasks, store, checking, context);
    var asked = BehindEndpoint.requests(run, store, tasks);
    var dtype = run.passes().dtype();
    var type = dtype == null ? widest(checked) : DataType.valueOf(dtype.name());
    var placement = Placement.on(devices.apply(type), type, run.passes().addBosToken());
    var items = items(run, store);
    var known = new HashMap<ModelKey, List<TaskItems>>();
    var models =
        checked.stream()
            .map(
                of ->
                    of.needs == null
                        ? planned(
                            of, BehindEndpoint.key(run, of.model, of.identity), known, asked, items)
                        : planned(
                            of, checking.identity.key(of.identity, placement), known, tasks, items))
            .toList();
    return new EvaluationPlan(run, tasks, models, placement);
  }

  /** Refuses a run whose judge has nothing to read. */
  private static void requireAnswers(EvalRun run, List<TaskRequests> tasks) {
    if (run.judge() != null
        && run.generation() == null
        && tasks.stream().noneMatch(TaskRequests::written)) {
      throw RunFault.userError(
          Reason.RUN_FILE_INVALID,
          "The judge has nothing to read: no task of the run has written answers. Add generation:"
              + " {}, or a task with output_type generate_until.");
    }
  }

  /** Where the scores of this run's items are kept and looked up. */
  public static ItemStore items(EvalRun run, ObjectStore store) {
    return new ItemStore(store, scores(run));
  }

  /** Folder of these scores. */
  public static StoreUri scores(EvalRun run) {
    var named = run.passes().scores();
    return named == null ? StoreUri.parse(run.output()).child("scores") : StoreUri.parse(named);
  }

  /** Two names of one model share what it says. */
  private static PlannedModel planned(
      Checked of,
      ModelKey key,
      Map<ModelKey, List<TaskItems>> known,
      List<TaskRequests> tasks,
      ItemStore items) {
    var said =
        key == null
            ? tasks.stream().map(task -> new TaskItems(task, Map.of())).toList()
            : known.computeIfAbsent(key, k -> said(k, tasks, items));
    return new PlannedModel(of.model, of.identity, of.needs, key, said);
  }

  private static List<TaskItems> said(ModelKey key, List<TaskRequests> tasks, ItemStore items) {
    return tasks.stream().map(task -> new TaskItems(task, items.found(key, task.name()))).toList();
  }

  /**
   * A model whose weights have told which it is, with what it has said so far.
   *
   * @param identity what they told
   * @param items all scores that are kept
   */
  public PlannedModel known(PlannedModel model, ScoredModel identity, ItemStore items) {
    var key = Identity.CERTAIN.key(identity, placement);
    return new PlannedModel(model.model(), identity, model.needs(), key, said(key, tasks, items));
  }

  /**
   * Refuses a run of which a model that is still to be asked finds no room.
   *
   * @param room bytes that a device has
   * @throws RunFault user error {@code TooLittleMemory} that names the setting which would fit
   */
  public void requireRoom(long room) {
    models.stream().filter(this::loads).forEach(model -> fit(model).require(room));
  }

  /** Whether a model's weights are needed: for what is open, or to write what nobody keeps. */
  public boolean loads(PlannedModel model) {
    return !model.behindEndpoint()
        && (run.generation() != null || model.key() == null || !model.open().isEmpty());
  }

  /** What a model of the plan takes. */
  public Fit fit(PlannedModel model) {
    return new Fit(model.model().name(), model.needs(), placement, run.passes().batchTokens());
  }

  /**
   * Where a model of the plan runs.
   *
   * @param room bytes that a device has
   */
  public Placement placement(PlannedModel model, long room) {
    return placement.over(fit(model).devices(room));
  }

  /** Number type that all models are run in. */
  public DataType type() {
    return placement.type();
  }

  /** Requests of all models that are still to be made, a choice of a question each. */
  public long openChoices() {
    return models.stream()
        .flatMap(model -> model.tasks().stream())
        .distinct()
        .mapToLong(task -> task.open().choices())
        .sum();
  }

  /** Requests of all models, those that are known already too. */
  public long choices() {
    return models.size() * tasks.stream().mapToLong(TaskRequests::choices).sum();
  }

  private record Checking(Identity identity, SharedTokenizer tokenizers) {}

  private record Checked(EvalRun.Model model, ScoredModel identity, ModelNeeds needs) {}

  private static List<Checked> checked(
      EvalRun run,
      List<TaskRequests> tasks,
      ObjectStore store,
      Checking checking,
      RunContext context) {
    var asked = new ArrayList<>(List.of(run.base()));
    asked.addAll(run.candidates());
    context.progress().begin("check", "models", 0, (long) asked.size());
    var check =
        new ModelCheck(
            store, tasks, continued(run, store), run.passes().addBosToken(), checking.tokenizers);
    var checked = new ArrayList<Checked>();
    for (var model : asked) {
      if (model.api() != null) {
        checked.add(new Checked(model, BehindEndpoint.checked(run, model, tasks, store), null));
        continue;
      }
      var who = checking.identity.of(store, model);
      var needs = check.of(model);
      PromptAnswers.check(run.generation(), model.name(), needs.config());
      checked.add(new Checked(model, who, needs));
      context.progress().step(checked.size());
      context.stop().check();
    }
    return checked;
  }

  private static ModelCheck.Continued continued(EvalRun run, ObjectStore store) {
    return run.generation() == null
        ? ModelCheck.Continued.NOTHING
        : new ModelCheck.Continued(
            PromptAnswers.asked(run, store), run.generation().maxNewTokens());
  }

  private static DataType widest(List<Checked> models) {
    return models.stream()
            .filter(model -> model.needs != null)
            .allMatch(model -> model.needs.type() == DataType.BFLOAT16)
        ? DataType.BFLOAT16
        : DataType.FLOAT32;
  }
}
