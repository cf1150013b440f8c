package dev.keizoku.eval.run;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.generate.AnswerWriter;
import dev.keizoku.eval.generate.ApiWriter;
import dev.keizoku.eval.generate.PromptAnswer;
import dev.keizoku.eval.generate.PromptAnswers;
import dev.keizoku.eval.items.ItemStore;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.plan.Fit;
import dev.keizoku.eval.plan.PlannedModel;
import dev.keizoku.eval.plan.TaskItems;
import dev.keizoku.eval.remote.ApiScorer;
import dev.keizoku.eval.request.ChatForm;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.ModelRun;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScorer;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.llm.torch.library.OutOfMemory;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the models what the plan leaves open. One model is in memory at a time. */
final class ModelRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ModelRuns.class);

  private final EvaluationPlan plan;
  private final ObjectStore store;
  private final SharedTokenizer tokenizers;
  private final ItemStore items;
  private final Clock clock;
  private final long room;
  private final RequestProgress progress;
  private final List<String> prompts;
  private final String thinkEnd;

  /**
   * @param room bytes that a device has
   */
  ModelRuns(
      EvaluationPlan plan,
      long room,
      ObjectStore store,
      SharedTokenizer tokenizers,
      Clock clock,
      RunContext context) {
    this.plan = plan;
    this.room = room;
    this.tokenizers = tokenizers;
    this.store = store;
    this.items = EvaluationPlan.items(plan.run(), store);
    this.clock = clock;
    this.progress = new RequestProgress(context, plan);
    var generation = plan.run().generation();
    var form = generation != null && generation.asked() ? ChatForm.of(plan.run(), store) : null;
    this.prompts = generation == null ? List.of() : PromptAnswers.asked(generation, form);
    this.thinkEnd = form == null ? null : form.thinkEnd();
  }

  /**
   * Tries out every endpoint that candidates are behind: a wrong key or name shows before a model
   * is loaded.
   */
  void greet() {
    for (var planned : plan.models()) {
      if (planned.behindEndpoint()) {
        greet(planned);
      }
    }
  }

  private void greet(PlannedModel planned) {
    var tasks = planned.tasks().stream().map(TaskItems::task).toList();
    if (plan.run().generation() != null || tasks.stream().anyMatch(TaskRequests::written)) {
      try (var writer = new ApiWriter(planned.model())) {
        writer.greet();
      }
    }
    if (!tasks.stream().allMatch(TaskRequests::written)) {
      try (var scorer = ApiScorer.open(plan.run(), planned.model(), store)) {
        scorer.greet();
      }
    }
  }

  /** What each model of the plan has said, in the plan's order. */
  List<ModelRun> all() {
    return plan.models().stream().map(this::one).toList();
  }

  private ModelRun one(PlannedModel planned) {
    if (planned.behindEndpoint()) {
      return behindEndpoint(planned);
    }
    var generation = plan.run().generation();
    if (!plan.loads(planned)) {
      tellWhatIsKnown(planned);
      return said(planned, List.of());
    }
    var placement = plan.placement(planned, room);
    try (var model = EvaluatedModel.load(store, planned.model(), placement, tokenizers)) {
      var known = known(planned, model);
      tellWhatIsKnown(known);
      known.open().forEach(task -> score(known, task, (asked, kept) -> score(model, asked, kept)));
      return said(
          known,
          generation == null
              ? List.of()
              : PromptAnswers.of(model, generation, prompts, thinkEnd, progress::alive));
    } catch (OutOfMemory full) {
      throw full(planned, full);
    }
  }

  /** Nothing is looked up under a name that was not checked: now the weights have been read. */
  private PlannedModel known(PlannedModel planned, EvaluatedModel model) {
    if (planned.key() != null) {
      return planned;
    }
    var known = plan.known(planned, model.identity(), items);
    progress.known(known);
    return known;
  }

  private static ModelRun said(PlannedModel planned, List<PromptAnswer> answers) {
    var byTask = new HashMap<String, ChoiceScores>();
    planned.tasks().forEach(task -> byTask.put(task.task().name(), task.scores()));
    return new ModelRun(new ModelScores(planned.identity(), byTask), answers);
  }

  private ModelRun behindEndpoint(PlannedModel planned) {
    tellWhatIsKnown(planned);
    var generation = plan.run().generation();
    var turns = ChatForm.turns(plan.run());
    try (var writer = new ApiWriter(planned.model());
        var scorer = ApiScorer.open(plan.run(), planned.model(), store)) {
      for (var task : planned.open()) {
        BiConsumer<TaskRequests, KeptItems> scoring =
            task.task().written()
                ? (asked, kept) -> writer.score(asked, turns != null, kept, progress::stop)
                : (asked, kept) -> scorer.score(asked, kept, progress::stop);
        score(planned, task, scoring);
      }
      var answers =
          generation == null
              ? List.<PromptAnswer>of()
              : writer.answers(
                  generation,
                  PromptAnswers.asked(generation, turns),
                  generation.asked(),
                  thinkEnd,
                  progress::stop);
      return said(planned, answers);
    }
  }

  private static void tellWhatIsKnown(PlannedModel planned) {
    for (var task : planned.tasks()) {
      int open = task.open().requests().size();
      int all = task.task().requests().size();
      if (open < all) {
        LOG.info(
            "{}: of {} questions of {} {} are left to ask",
            planned.model().name(),
            all,
            task.task().name(),
            open);
      }
    }
  }

  private void score(EvaluatedModel model, TaskRequests asked, KeptItems kept) {
    int batchTokens = plan.run().passes().batchTokens();
    if (asked.written()) {
      new AnswerWriter(model, batchTokens).score(asked, kept);
    } else {
      new ChoiceScorer(model, batchTokens).score(asked, kept);
    }
  }

  private void score(
      PlannedModel planned, TaskItems task, BiConsumer<TaskRequests, KeptItems> scoring) {
    var start = clock.instant();
    var asked = task.open();
    var kept = new KeptItems(items, planned.key(), task, asked, progress::within, clock);
    try {
      scoring.accept(asked, kept);
    } catch (RuntimeException | Error e) {
      keepFor(e, kept);
      throw e;
    }
    kept.keep();
    progress.scored(asked);
    LOG.info(
        "{}: {} scored, {} questions in {} s",
        planned.model().name(),
        task.task().name(),
        asked.requests().size(),
        Duration.between(start, clock.instant()).toMillis() / 1000.0);
  }

  /** A store that fails too does not hide why the work ended: a stop stays a stop. */
  private static void keepFor(Throwable end, KeptItems kept) {
    try {
      kept.keep();
    } catch (RuntimeException e) {
      end.addSuppressed(e);
    }
  }

  private RunFault full(PlannedModel planned, OutOfMemory full) {
    int tokens = plan.run().passes().batchTokens();
    return RunFault.userError(
        Reason.TOO_LITTLE_MEMORY,
        "There was %s for %s; %s."
            .formatted(
                full.getMessage(),
                planned.model().name(),
                tokens > Fit.LEAST_TOKENS
                    ? "set batchTokens to %d (it is %d), or give it devices with more memory"
                        .formatted(Math.max(Fit.LEAST_TOKENS, tokens / 4), tokens)
                    : "give it devices with more memory, or more of them, or dtype: bfloat16"),
        full);
  }
}
