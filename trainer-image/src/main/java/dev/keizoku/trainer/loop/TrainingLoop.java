package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.program.RunContext;
import dev.keizoku.trainer.checkpoint.Checkpoints;
import dev.keizoku.trainer.checkpoint.Retention;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.guard.Decision;
import dev.keizoku.trainer.guard.GuardState;
import dev.keizoku.trainer.guard.Guards;
import dev.keizoku.trainer.guard.StepReading;
import dev.keizoku.trainer.optim.GradientClipping;
import dev.keizoku.trainer.optim.LearningRateSchedule;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.StepGradients;
import dev.keizoku.trainer.report.MetricsLog;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.stage.CheckpointSaving;
import dev.keizoku.trainer.stage.StepNews;
import dev.keizoku.trainer.stage.Throughput;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a run. A step is: take the batch, sum the gradients over the devices, ask the
 * guards, clip, update; then, where they are due, measure the held-out perplexity and save a
 * checkpoint.
 *
 * <p>Everything that decides about numbers is a function of the step, the seed and what a
 * checkpoint holds; so a run that was interrupted anywhere ends with the same bits.
 */
final class TrainingLoop {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  private final TrainRun run;
  private final Parts parts;
  private final RunContext context;
  private final RunLogs logs;
  private final MetricsLog log;
  private final Throughput throughput;
  private final CheckpointSaving saving;
  private final StepNews news;
  private GuardState guardState = GuardState.START;
  private long step;
  private boolean stopped;

  /**
   * What the loop works with.
   *
   * @param trainer all devices, loaded with the start weights
   * @param data batches by step
   * @param sourceNames name of each corpus, by its index
   * @param heldOut sets whose perplexity is measured
   * @param samples prompts that the model continues
   * @param schedule learning rate by step, and the number of steps
   * @param checkpoints of this run
   * @param retention which of them are kept
   * @param guards what stops or turns a run that goes wrong
   * @param reload puts the start weights back
   */
  record Parts(
      DataParallelTrainer trainer,
      TrainingData data,
      List<String> sourceNames,
      List<HeldOutSet> heldOut,
      SampleTexts samples,
      LearningRateSchedule schedule,
      Checkpoints checkpoints,
      Retention retention,
      Guards guards,
      Runnable reload) {}

  /**
   * @param logs empty; filled while the run goes on
   * @param clock for the wall times in the logs
   */
  TrainingLoop(TrainRun run, Parts parts, RunContext context, RunLogs logs, Clock clock) {
    this.run = run;
    this.parts = parts;
    this.context = context;
    this.logs = logs;
    this.log = logs.metrics();
    this.throughput = new Throughput(System::nanoTime, clock, logs.timings());
    this.saving =
        new CheckpointSaving(parts.checkpoints(), parts.trainer(), throughput, context.progress());
    this.news =
        new StepNews(log, context.progress(), parts.sourceNames(), parts.schedule().totalSteps());
  }

  /** Steps done. */
  long step() {
    return step;
  }

  /** Whether a guard has ended the run. */
  boolean isStopped() {
    return stopped;
  }

  /**
   * Trains from the newest checkpoint, or from the start, to the last step.
   *
   * @return step of the checkpoint it began from; null for a fresh start
   * @throws RunFault user error {@code Diverged} or {@code Forgetting} when a guard stops the run;
   *     {@code Diverged} too when every step was left out
   */
  Long run() {
    var resumed = resume(Long.MAX_VALUE);
    if (resumed != null) {
      throughput.resumed(step);
    }
    var total = parts.schedule().totalSteps();
    measureIfMissing();
    beginSteps();
    throughput.started();
    while (step < total) {
      leaveIfAsked();
      var begun = step;
      guardState.whySkipped(step).ifPresentOrElse(this::leaveOut, this::train);
      context.progress().step(step);
      if (step <= begun) {
        // It went back to where everything was measured and saved already.
        continue;
      }
      var measured = isMeasured();
      if (measured) {
        evaluate();
      }
      save(measured && parts.retention().isBest(log));
    }
    parts.checkpoints().await();
    if (log.steps().isEmpty()) {
      throw fault(
          new Decision.Stop(
              Reason.DIVERGED,
              "Not one of the %d steps could be made: %s Lower learningRate or look at the base model."
                  .formatted(total, log.skipped().getLast().reason())));
    }
    return resumed;
  }

  private Long resume(long before) {
    var restored = parts.checkpoints().restore(parts.trainer(), before);
    if (restored.isEmpty()) {
      return null;
    }
    var progress = restored.get();
    step = progress.step();
    saving.restored(step);
    logs.replaceBy(progress.logs());
    guardState =
        before == Long.MAX_VALUE ? progress.guards() : guardState.rolledBackTo(progress.guards());
    context.progress().checkpoint(step);
    LOG.info("Going on from the checkpoint of step {}", step);
    return step;
  }

  private boolean isMeasured() {
    return step == 0
        || step == parts.schedule().totalSteps()
        || due(run.training().evaluationSteps());
  }

  // A run that was stopped while it measured has saved the step, but no measurement.
  private void measureIfMissing() {
    if (isMeasured() && log.evaluations().stream().noneMatch(line -> line.step() == step)) {
      evaluate();
    }
  }

  // What is exported must not depend on how quick the store was.
  private void save(boolean best) {
    var asked = context.save().requested();
    if (step == parts.schedule().totalSteps()) {
      saving.saveLast(step, guardState, logs);
    } else if (best || asked != null || due(run.checkpoint().steps())) {
      var exported = best && run.training().export() == Training.Export.BEST;
      saving.save(step, guardState, logs, exported);
      if (asked != null && saving.has(step)) {
        context.save().fulfilled(asked);
      }
      beginSteps();
    }
  }

  private boolean due(Integer every) {
    return every != null && step % every == 0;
  }

  private void train() {
    throughput.begin();
    var batch = parts.data().batch(step);
    var gradients = parts.trainer().gradients(batch);
    var reading =
        new StepReading(step, gradients.loss(), gradients.rankLosses(), gradients.rankNorms());
    var verdict = parts.guards().beforeUpdate(guardState, reading);
    guardState = verdict.state();
    switch (verdict.decision()) {
      case Decision.Continue go -> update(gradients);
      case Decision.SkipStep skip -> {
        var documents = parts.data().documents(step);
        LOG.warn("{} Left out: {}", skip.why(), documents);
        context
            .progress()
            .notice(Reason.STEP_SKIPPED, skip.why() + " " + new LeftOut(documents).sentence());
        leaveOut(skip.why());
      }
      case Decision.Rollback back -> goBack(back);
      case Decision.LowerRate lower -> throw new IllegalStateException("not before an update");
      case Decision.Stop stop -> {
        LOG.warn("The documents of step {}: {}", step, parts.data().documents(step));
        throw fault(stop);
      }
    }
  }

  // The run ends for good: what was saved for whoever looks into it has to be complete.
  private RunFault fault(Decision.Stop stop) {
    parts.checkpoints().await();
    stopped = true;
    return RunFault.userError(stop.reason(), stop.message());
  }

  private void leaveOut(String why) {
    var documents = parts.data().documents(step);
    step++;
    log.skipped(step, documents, why);
  }

  private void update(StepGradients gradients) {
    var clipping = new GradientClipping(run.optimizer().maxGradNorm());
    var rate = parts.schedule().at(step) * guardState.rateFactor();
    parts.trainer().update(rate, clipping.factor(gradients.norm()));
    step++;
    news.updated(step, gradients, rate, throughput.end(step, gradients.tokens()));
  }

  private void goBack(Decision.Rollback back) {
    LOG.warn("Going back before step {}: {}", back.firstStep(), back.why());
    var left = new ArrayList<String>();
    for (var skipped = back.firstStep(); skipped <= back.lastStep(); skipped++) {
      LOG.warn("Step {} will be left out: {}", skipped, parts.data().documents(skipped));
      left.addAll(parts.data().documents(skipped));
    }
    context.progress().notice(Reason.ROLLED_BACK, back.why() + " " + new LeftOut(left).sentence());
    parts.checkpoints().await();
    if (resume(back.firstStep() + 1) == null) {
      parts.reload().run();
      step = 0;
      logs.replaceBy(RunLogs.begin());
      guardState = guardState.rolledBackTo(GuardState.START);
    }
    throughput.rolledBack(step);
    measureIfMissing();
    beginSteps();
  }

  private void beginSteps() {
    context.progress().begin("train", "steps", step, parts.schedule().totalSteps());
  }

  private void evaluate() {
    var perplexities =
        new Perplexities(parts.trainer(), context.progress())
            .of(parts.heldOut(), step, this::leaveIfAsked);
    log.evaluation(step, perplexities);
    throughput.evaluated(step);
    parts.samples().write(parts.trainer(), step, logs.samples(), context.progress());
    var verdict = parts.guards().afterEvaluation(guardState, step, perplexities);
    guardState = verdict.state();
    if (verdict.decision() instanceof Decision.LowerRate lower) {
      LOG.warn("The learning rate is multiplied with {}: {}", lower.factor(), lower.why());
      context.progress().notice(Reason.LEARNING_RATE_LOWERED, lower.why());
    }
    if (verdict.decision() instanceof Decision.Stop stop) {
      throw fault(stop);
    }
    beginSteps();
  }

  private void leaveIfAsked() {
    if (context.stop().requested()) {
      if (step > 0 && !saving.has(step)) {
        saving.saveLast(step, guardState, logs);
      }
      parts.checkpoints().await();
      context.stop().check();
    }
  }
}
