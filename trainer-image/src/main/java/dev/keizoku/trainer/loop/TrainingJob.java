package dev.keizoku.trainer.loop;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
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
import dev.keizoku.trainer.checkpoint.Retention;
import dev.keizoku.trainer.data.HeldOutOverlap;
import dev.keizoku.trainer.data.SequencePacking;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.export.ModelExport;
import dev.keizoku.trainer.optim.LearningRateSchedule;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.MemoryUse;
import dev.keizoku.trainer.plan.TrainingPlan;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.report.RunSummary;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    try (var corpora = RunCorpora.open(run, start, store, scratch.resolve("corpora"))) {
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
        start.weights().checkDigests();
        trainer.load(start.weights());
        // What was read is garbage now; the activations need its room.
        System.gc();
        return train(context, new Prepared(start, corpora, data, schedule, samples, trainer));
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
      LearningRateSchedule schedule,
      SampleTexts samples,
      DataParallelTrainer trainer) {}

  private FinalReport train(RunContext context, Prepared with) {
    var corpora = with.corpora;
    var logs = RunLogs.begin();
    var retention = retention(corpora);
    var parts =
        new TrainingLoop.Parts(
            with.trainer,
            with.data,
            corpora.training().stream().map(TrainingData.Corpus::name).toList(),
            corpora.heldOut(),
            with.samples,
            with.schedule,
            checkpoints(context, with, retention),
            retention,
            RunGuards.of(run, corpora.heldOut()),
            () -> with.trainer.load(with.start.weights()));
    var loop = new TrainingLoop(run, parts, context, logs, clock);
    var resumed = run(loop, with, logs);
    LOG.info(
        "The fullest rank held {} MB at its fullest",
        with.trainer.memoryUse().stream().mapToLong(MemoryUse::peak).max().orElse(0) / 1_000_000);
    context.progress().begin("export", "steps", loop.step(), with.schedule.totalSteps());
    var exported =
        run.training().export() == Training.Export.BEST
            ? parts.checkpoints().restoreBest(with.trainer, logs.metrics(), loop.step())
            : loop.step();
    var summary = summary(with, loop.step(), exported, logs.metrics());
    var artifact =
        new ModelExport(summary, with.start.exported(), corpora.eosId(), clock)
            .write(store, with.trainer.weights(), logs);
    StoppedRun.forget(run.output(), store);
    var result =
        new TrainResult(
            summary.steps(),
            summary.tokens(),
            logs.metrics().steps().getLast().values().get("loss"),
            summary.perplexities().stream()
                .map(p -> new TrainResult.Perplexity(p.name(), p.before(), p.after()))
                .toList(),
            resumed,
            exported,
            overlaps(corpora));
    var message =
        "Trained %d steps on %d tokens; the model is that of step %d."
            .formatted(summary.steps(), summary.tokens(), exported);
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
        digest(with.start, with.corpora),
        retention,
        scratch.resolve("checkpoints"),
        new Checkpoints.Listener() {
          @Override
          public void committed(long step) {
            context.progress().checkpoint(step);
          }

          @Override
          public void passedOver(long step, String why) {
            context
                .progress()
                .notice(
                    Reason.CHECKPOINT_SKIPPED,
                    "The checkpoint of step %d cannot be used, the one before is tried: %s"
                        .formatted(step, why));
          }
        });
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

  /**
   * What makes the numbers of a run; devices, places and names do not. Guards do, but who changes
   * them after a run has stopped wants to go on from its checkpoint.
   */
  private String digest(StartModel start, RunCorpora corpora) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("config", start.configJson());
    facts.put("baseModel", run.baseModel());
    facts.put("tokenizer", start.tokenizer().fileSha256());
    facts.put("corpora", List.copyOf(corpora.digests().values()));
    facts.put("weights", run.data().stream().map(d -> String.valueOf(d.weight())).toList());
    facts.put("sequenceLength", run.training().sequenceLength());
    facts.put("training", training());
    facts.put("optimizer", run.optimizer());
    facts.put("precision", String.valueOf(run.training().precision()));
    facts.put("seed", run.training().seed());
    // Only where they say something, so that checkpoints of programs without them stay usable.
    if (run.packing().crossDocuments()) {
      facts.put("packing", "crossDocuments");
    } else if (run.packing().bestFit()) {
      facts.put("packing", "bfd");
    }
    if (!corpora.overlaps().isEmpty()) {
      facts.put("leftOut", corpora.overlaps().stream().map(o -> o.documents().toString()).toList());
    }
    return Digests.sha256(Json.bytes(facts));
  }

  // How a batch is cut over devices and when it is measured changes no number that matters.
  private Map<String, String> training() {
    var training = run.training();
    return Map.of(
        "epochs", String.valueOf(training.epochs()),
        "maxSteps", String.valueOf(training.maxSteps()),
        "globalBatchSize", String.valueOf(training.globalBatchSize()),
        "learningRate", String.valueOf(training.learningRate()),
        "minLearningRate", String.valueOf(training.minLearningRate()),
        "warmupSteps", String.valueOf(training.warmupSteps()),
        "schedule", String.valueOf(training.schedule()));
  }
}
