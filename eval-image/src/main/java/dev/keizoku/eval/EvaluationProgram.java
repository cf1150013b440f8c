package dev.keizoku.eval;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.eval.generate.GreedyAnswers;
import dev.keizoku.eval.report.Finding;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.result.Answers;
import dev.keizoku.eval.result.Comparison;
import dev.keizoku.eval.result.Comparisons;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.result.ModelScores;
import dev.keizoku.eval.score.ChoiceScorer;
import dev.keizoku.eval.score.ChoiceScores;
import dev.keizoku.eval.score.EvaluatedModel;
import dev.keizoku.eval.score.ModelDigest;
import dev.keizoku.eval.score.ScoredModel;
import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.task.TaskCatalog;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run from its file to its report: identify the models, ask each of them the same questions,
 * compare, write. One model is in memory at a time.
 */
public final class EvaluationProgram {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationProgram.class);

  private final ObjectStore store;
  private final Device device;
  private final Clock clock;

  /**
   * @param store holds models and results
   * @param device runs the models
   */
  public EvaluationProgram(ObjectStore store, Device device, Clock clock) {
    this.store = store;
    this.device = device;
    this.clock = clock;
  }

  /**
   * Evaluates and commits.
   *
   * @throws RunFault exit 42 for what is wrong with the run file or a model
   */
  public FinalReport run(EvalRun asked, RunContext context) throws IOException {
    var started = clock.instant();
    var run = RunChecks.checked(asked);
    var tasks = tasks(run);
    var output = new OutputFolder(store, run.output());
    output.open();
    var entrants = entrants(run, context);

    var partial = new PartialScores(store, run.output());
    var progress = new RequestProgress(context, tasks, entrants.size());
    var scores = new ArrayList<ModelScores>();
    var texts = new LinkedHashMap<String, List<String>>();
    for (var entrant : entrants.entrySet()) {
      try (var model =
          EvaluatedModel.load(store, entrant.getKey(), entrant.getValue(), device, threads())) {
        var scorer = new ChoiceScorer(model, run.batchTokens());
        scores.add(scored(scorer, entrant.getValue(), tasks, partial, progress));
        if (run.generation() != null) {
          texts.put(entrant.getKey().name(), GreedyAnswers.of(model, run.generation()));
        }
      }
    }
    context.progress().begin("compare", "models", 0, (long) run.candidates().size());
    var candidates = List.copyOf(scores.subList(1, scores.size()));
    var comparisons = Comparisons.of(tasks, scores.getFirst(), candidates, bootstrap(run));
    var evaluation =
        new Evaluation(
            run,
            tasks,
            scores.getFirst(),
            candidates,
            comparisons,
            answers(run, texts),
            started,
            clock.instant());
    var artifact = output.commit(evaluation);
    partial.clear();
    return report(evaluation, artifact);
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

  private Map<EvalRun.Model, ScoredModel> entrants(EvalRun run, RunContext context) {
    var models = new ArrayList<>(List.of(run.base()));
    models.addAll(run.candidates());
    context.progress().begin("check", "models", 0, (long) models.size());
    var entrants = new LinkedHashMap<EvalRun.Model, ScoredModel>();
    for (var model : models) {
      entrants.put(model, ModelDigest.identify(store, model));
      GreedyAnswers.check(run.generation(), model.name(), EvaluatedModel.check(store, model));
      context.progress().step(entrants.size());
      context.stop().check();
    }
    return entrants;
  }

  /** An accelerator is fed by one thread; on a CPU each core has its own. */
  private int threads() {
    return device.isGpu() ? 1 : Runtime.getRuntime().availableProcessors();
  }

  private ModelScores scored(
      ChoiceScorer scorer,
      ScoredModel model,
      List<TaskRequests> tasks,
      PartialScores partial,
      RequestProgress progress) {
    var byTask = new LinkedHashMap<String, ChoiceScores>();
    for (var task : tasks) {
      var before = partial.find(model, task);
      if (before.isPresent()) {
        LOG.info("{}: {} was scored by an earlier attempt", model.name(), task.name());
        byTask.put(task.name(), before.get());
        progress.skipped(task);
        continue;
      }
      var start = clock.instant();
      var scores = scorer.score(task, progress::within);
      progress.scored(task);
      partial.keep(model, task, scores);
      byTask.put(task.name(), scores);
      LOG.info(
          "{}: {} scored, {} questions in {} s",
          model.name(),
          task.name(),
          task.requests().size(),
          Duration.between(start, clock.instant()).toMillis() / 1000.0);
    }
    return new ModelScores(model, byTask);
  }

  private static PairedBootstrap bootstrap(EvalRun run) {
    return new PairedBootstrap(
        run.bootstrap().resamples(), run.bootstrap().confidence(), run.seed());
  }

  /** From texts by model to texts by prompt. */
  private static List<Answers> answers(EvalRun run, Map<String, List<String>> texts) {
    var answers = new ArrayList<Answers>();
    if (run.generation() != null) {
      var prompts = GreedyAnswers.prompts(run.generation());
      for (int i = 0; i < prompts.size(); i++) {
        var byModel = new LinkedHashMap<String, String>();
        for (var entry : texts.entrySet()) {
          byModel.put(entry.getKey(), entry.getValue().get(i));
        }
        answers.add(new Answers(prompts.get(i), byModel));
      }
    }
    return answers;
  }

  private static FinalReport report(Evaluation evaluation, Artifact artifact) {
    var comparisons = evaluation.comparisons();
    var run = evaluation.run();
    var result =
        new FinalReport.EvalResult(
            comparisons.tasks().stream().map(Comparison::score).toList(),
            comparisons.overall().stream().map(Comparison::score).toList());
    var sentence = Finding.sentence(comparisons.overall().getFirst(), run.bootstrap().confidence());
    return FinalReport.of(run.runUid(), Reason.COMPLETED, sentence).with(artifact, result);
  }
}
