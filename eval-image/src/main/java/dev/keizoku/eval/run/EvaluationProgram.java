package dev.keizoku.eval.run;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.contract.words.Language;
import dev.keizoku.contract.words.Phrases;
import dev.keizoku.eval.compare.Comparison;
import dev.keizoku.eval.compare.Summaries;
import dev.keizoku.eval.files.ResultsTable;
import dev.keizoku.eval.judge.JudgedCandidate;
import dev.keizoku.eval.lineage.Lineage;
import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.report.JudgeSection;
import dev.keizoku.eval.report.Reading;
import dev.keizoku.eval.result.Evaluation;
import dev.keizoku.eval.score.DeviceRoom;
import dev.keizoku.eval.stats.Power;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run from its file to its report: plan, ask the models, compare, write. */
public final class EvaluationProgram {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluationProgram.class);
  private static final Phrases WORDS = Reading.words(Language.EN);

  private final ObjectStore store;
  private final EvalDevices devices;
  private final Clock clock;

  /**
   * @param store holds models and results
   * @param devices of this machine
   */
  public EvaluationProgram(ObjectStore store, EvalDevices devices, Clock clock) {
    this.store = store;
    this.devices = devices;
    this.clock = clock;
  }

  /**
   * Evaluates and commits.
   *
   * @throws RunFault exit 42 for what is wrong with the run file or a model
   */
  public FinalReport run(EvalRun asked, RunContext context) throws IOException {
    var started = clock.instant();
    Check.require(asked);
    store.ensureBucket(StoreUri.parse(asked.output()));
    store.ensureBucket(EvaluationPlan.scores(asked));
    var evaluation = evaluated(RubricFile.read(asked, store), started, context);
    ResultsTable.all(evaluation)
        .forEach((model, table) -> LOG.info("{} scored{}{}", model, System.lineSeparator(), table));
    var artifact = new OutputFolder(store, evaluation.run().output()).commit(evaluation);
    return report(evaluation, artifact);
  }

  private Evaluation evaluated(EvalRun asked, Instant started, RunContext context) {
    try (var tokenizers = new SharedTokenizer()) {
      var plan =
          EvaluationPlan.of(
              asked,
              store,
              type -> devices.of(asked.passes().devices(), type),
              tokenizers,
              context);
      long room = DeviceRoom.bytes(plan.placement().devices().getFirst());
      plan.requireRoom(room);
      tellWhatCanBeShown(plan);
      return evaluated(plan, room, tokenizers, started, context);
    }
  }

  private Evaluation evaluated(
      EvaluationPlan plan,
      long room,
      SharedTokenizer tokenizers,
      Instant started,
      RunContext context) {
    try (var judge = JudgePass.open(plan, context)) {
      var runs = new ModelRuns(plan, room, store, tokenizers, clock, context);
      runs.greet();
      var models = runs.all();
      var judged = judge == null ? List.<JudgedCandidate>of() : judge.all(models, store, clock);
      context.progress().begin("compare", "models", 0, (long) models.size() - 1);
      return Evaluation.of(plan.run(), plan.tasks(), plan.type(), models, started, clock.instant())
          .judged(judged)
          .from(Lineage.of(plan.run(), store));
    }
  }

  /** Before anything is scored: who asks too few questions should know it now. */
  private static void tellWhatCanBeShown(EvaluationPlan plan) {
    double level = 1 - plan.run().bootstrap().confidence();
    for (var task : plan.tasks()) {
      if (task.ofDocuments()) {
        // Of how far apart documents are found likely nothing is known beforehand.
        continue;
      }
      long units = task.requests().stream().map(request -> request.doc().unit()).distinct().count();
      LOG.info(
          "{}: {} independent questions will show a difference of {} with 80 % probability",
          task.name(), units, String.format(Locale.ROOT, "%.4f", Power.planned(units, level)));
    }
  }

  private static FinalReport report(Evaluation evaluation, Artifact artifact) {
    var comparisons = evaluation.comparisons();
    var run = evaluation.run();
    var result =
        new EvalResult(
            comparisons.tasks().stream().map(Comparison::score).toList(),
            comparisons.overall().stream().map(Comparison::score).toList(),
            run.alpha(),
            Summaries.of(comparisons),
            evaluation.dtype(),
            evaluation.models().stream().map(model -> model.notes(evaluation.tasks())).toList(),
            judged(evaluation));
    var sentence =
        new Reading(run.bootstrap().confidence(), run.bootstrap().margin(), null, WORDS)
            .finding()
            .sentence(comparisons.overall().getFirst());
    return FinalReport.of(run.runUid(), Reason.COMPLETED, sentence + judge(evaluation))
        .with(artifact, result);
  }

  private static String judge(Evaluation evaluation) {
    return evaluation.judged().stream()
        .findFirst()
        .map(
            of ->
                " The judge: "
                    + JudgeSection.sentence(
                        of.summary(), of.name(), evaluation.run().base().name(), WORDS))
        .orElse("");
  }

  private static List<EvalResult.Judged> judged(Evaluation evaluation) {
    return evaluation.judged().isEmpty()
        ? null
        : evaluation.judged().stream().map(JudgedCandidate::forStatus).toList();
  }
}
