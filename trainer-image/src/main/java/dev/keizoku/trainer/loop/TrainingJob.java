package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.TrainResult;
import dev.keizoku.contract.setting.Check;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.torch.library.OutOfMemory;
import dev.keizoku.program.ProgramVersion;
import dev.keizoku.program.RunContext;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.checkpoint.Checkpoints;
import dev.keizoku.trainer.checkpoint.DiskCopy;
import dev.keizoku.trainer.checkpoint.MemoryCopy;
import dev.keizoku.trainer.checkpoint.Retention;
import dev.keizoku.trainer.data.HeldOutOverlap;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.export.ModelExport;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.MemoryUse;
import dev.keizoku.trainer.plan.TrainingPlan;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.report.RunSummary;
import dev.keizoku.trainer.stage.CheckpointNews;
import dev.keizoku.trainer.stage.WeightStages;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A training run from its file to its model. */
public final class TrainingJob {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingJob.class);
  private static final String TOOL = ProgramVersion.of("trainer");

  private final TrainRun run;
  private final ObjectStore store;
  private final Path scratch;
  private final Machine machine;
  private final Clock clock;

  /**
   * @param scratch an empty local folder
   * @param machine what may be used of it
   * @param clock for wall times in the logs and names of files
   */
  public TrainingJob(TrainRun run, ObjectStore store, Path scratch, Machine machine, Clock clock) {
    this.run = run;
    this.store = store;
    this.scratch = scratch;
    this.machine = machine;
    this.clock = clock;
  }

  /**
   * Trains and exports.
   *
   * @throws RunFault with the sentence, for everything that the user can mend
   */
  public FinalReport run(RunContext context) {
    Check.require(run);
    context.progress().begin("prepare", "steps", 0, null);
    var start = StartModel.of(run, store);
    start.requirePositions(run.training().sequenceLength());
    var devices = RunDevices.of(run);
    store.ensureBucket(StoreUri.parse(run.output()));
    context.progress().begin("fetch", "bytes", 0, null);
    try (var corpora = corpora(context, start)) {
      requireHeldOut(corpora);
      var data =
          new TrainingData(
              corpora.training(),
              SequencePacking.of(run),
              run.training().globalBatchSize(),
              run.training().seed());
      corpora.overlaps().forEach(overlap -> tell(context, overlap));
      var model = new CausalLm(start.config());
      var room = machine.room(devices);
      var plan =
          TrainingPlan.of(
              machine.settle(run),
              model.layout(),
              data.stepsPerEpoch(),
              Optional.of(room),
              Optional.of(machine.nativeBytes()),
              Optional.empty());
      plan.requireFit();
      var schedule = plan.schedule();
      schedule.tooLongWarmup().ifPresent(why -> tellLongWarmup(context, why));
      LOG.info(
          "{} parameters, {} steps on {} x {}",
          start.config().parameters(),
          schedule.totalSteps(),
          devices.size(),
          devices.getFirst());
      try (var samples = SampleTexts.of(run, start);
          var trainer = DataParallelTrainer.start(model, devices, run, machine.cores())) {
        new WeightStages(context.progress(), start.config().parameters())
            .load(start.weights(), start.weightBytes(), trainer);
        // What was read is garbage now; the activations need its room.
        System.gc();
        return train(context, new Prepared(start, corpora, data, plan, samples, trainer));
      } catch (OutOfMemory full) {
        throw plan.full(full.getMessage(), full);
      }
    }
  }

  /** All that the training itself needs. */
  private record Prepared(
      StartModel start,
      RunCorpora corpora,
      TrainingData data,
      TrainingPlan plan,
      SampleTexts samples,
      DataParallelTrainer trainer) {}

  private RunCorpora corpora(RunContext context, StartModel start) {
    return RunCorpora.open(run, start, store, scratch.resolve("corpora"), context.progress()::add);
  }

  private FinalReport train(RunContext context, Prepared with) {
    var retention = retention(with.corpora);
    try (var checkpoints = checkpoints(context, with, retention)) {
      var logs = RunLogs.begin();
      var weights = new WeightStages(context.progress(), with.start.config().parameters());
      var parts =
          new TrainingLoop.Parts(
              with.trainer,
              with.data,
              with.corpora.training().stream().map(TrainingData.Corpus::name).toList(),
              with.corpora.heldOut(),
              with.samples,
              with.plan.schedule(),
              checkpoints,
              retention,
              RunGuards.of(run, with.corpora.heldOut()),
              () -> weights.load(with.start.weights(), with.start.weightBytes(), with.trainer));
      var loop = new TrainingLoop(run, parts, context, logs, clock);
      var resumed = run(loop, with, logs);
      LOG.info(
          "The fullest rank held {} MB at its fullest",
          with.trainer.memoryUse().stream().mapToLong(MemoryUse::peak).max().orElse(0) / 1_000_000);
      var exported =
          run.training().export() == Training.Export.BEST
              ? checkpoints.restoreBest(with.trainer, logs.metrics(), loop.step())
              : loop.step();
      var summary = summary(with, loop.step(), exported, logs.metrics());
      var artifact = export(summary, with, weights, logs);
      return report(summary, artifact, logs.metrics(), resumed, overlaps(with.corpora));
    }
  }

  private Artifact export(RunSummary summary, Prepared with, WeightStages stages, RunLogs logs) {
    var weights = stages.export(with.trainer, ModelExport.format(run.training()).bytes());
    var artifact =
        new ModelExport(summary, with.start.exported(), with.corpora.eosId(), clock)
            .write(store, weights, logs);
    StoppedRun.forget(run.output(), store);
    return artifact;
  }

  private FinalReport report(
      RunSummary summary,
      Artifact artifact,
      MetricsLog metrics,
      Long resumed,
      List<TrainResult.Overlap> overlaps) {
    var result =
        new TrainResult(
            summary.steps(),
            summary.tokens(),
            metrics.steps().getLast().values().get("loss"),
            summary.perplexities().stream()
                .map(p -> new TrainResult.Perplexity(p.name(), p.before(), p.after()))
                .toList(),
            resumed,
            summary.exportedStep(),
            overlaps);
    var message =
        "Trained %d steps on %d tokens; the model is that of step %d."
            .formatted(summary.steps(), summary.tokens(), summary.exportedStep());
    return FinalReport.of(run.runUid(), Reason.COMPLETED, message).with(artifact, result);
  }

  private static List<TrainResult.Overlap> overlaps(RunCorpora corpora) {
    return corpora.overlaps().isEmpty()
        ? null
        : corpora.overlaps().stream()
            .map(
                overlap ->
                    new TrainResult.Overlap(
                        overlap.corpus(),
                        List.copyOf(overlap.heldOutBy()),
                        overlap.documents().cardinality(),
                        overlap.tokens()))
            .toList();
  }

  private Long run(TrainingLoop loop, Prepared with, RunLogs logs) {
    try {
      return loop.run();
    } catch (RunFault fault) {
      throw loop.isStopped()
          ? StoppedRun.report(
              fault, summary(with, loop.step(), null, logs.metrics()), logs, store, clock)
          : fault;
    }
  }

  private Checkpoints checkpoints(RunContext context, Prepared with, Retention retention) {
    return new Checkpoints(
        store,
        StoreUri.parse(run.output()).child("checkpoints"),
        RunIdentity.of(run, with.start, with.corpora),
        retention,
        with.plan.checkpointInMemory()
            ? new MemoryCopy()
            : new DiskCopy(scratch.resolve("checkpoint")),
        new CheckpointNews(context.progress()));
  }

  // The sets of data come first, in its order.
  private Retention retention(RunCorpora corpora) {
    var best = run.checkpoint().keepBest();
    return corpora.heldOut().isEmpty()
        ? new Retention(run.checkpoint().keepLast(), 0, null)
        : new Retention(run.checkpoint().keepLast(), best, corpora.heldOut().getFirst().name());
  }

  private void requireHeldOut(RunCorpora corpora) {
    if (run.training().export() == Training.Export.BEST && corpora.heldOut().isEmpty()) {
      throw RunFault.userError(
          Reason.NO_HELD_OUT_TEXT,
          "export is best but no corpus has held-out documents; build one with a heldOut split, or set export to last.");
    }
  }

  private static void tell(RunContext context, HeldOutOverlap overlap) {
    LOG.warn(overlap.sentence());
    context.progress().notice(Reason.HELD_OUT_TRAINED_ON, overlap.sentence());
  }

  private static void tellLongWarmup(RunContext context, String why) {
    LOG.warn(why);
    context.progress().notice(Reason.WARMUP_TOO_LONG, why);
  }

  private RunSummary summary(Prepared with, long steps, Long exported, MetricsLog log) {
    var evaluations = log.evaluations();
    var after =
        evaluations.stream()
            .filter(line -> exported != null && line.step() == exported)
            .reduce((one, other) -> other)
            .orElse(evaluations.getLast());
    var perplexities = new ArrayList<RunSummary.Perplexity>();
    evaluations
        .getFirst()
        .values()
        .forEach(
            (name, before) ->
                perplexities.add(
                    new RunSummary.Perplexity(name, before, after.values().get(name))));
    return new RunSummary(
        run,
        TOOL,
        steps,
        exported,
        tokens(log, with.data),
        with.start.config().parameters(),
        perplexities,
        with.corpora.digests(),
        with.corpora.overlaps().stream().map(HeldOutOverlap::sentence).toList());
  }

  private long tokens(MetricsLog log, TrainingData data) {
    var sequences = (long) log.steps().size() * run.training().globalBatchSize();
    return Math.round(sequences * data.tokensPerSequence());
  }
}
