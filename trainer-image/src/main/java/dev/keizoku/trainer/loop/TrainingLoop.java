package dev.keizoku.trainer.loop;

import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.program.RunContext;
import dev.keizoku.trainer.checkpoint.Checkpoints;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.data.TrainingData;
import dev.keizoku.trainer.guard.Decision;
import dev.keizoku.trainer.guard.GuardState;
import dev.keizoku.trainer.guard.Guards;
import dev.keizoku.trainer.guard.StepReading;
import dev.keizoku.trainer.optim.LearningRateSchedule;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.StepGradients;
import dev.keizoku.trainer.report.MetricsLog;
import java.util.List;
import java.util.TreeMap;
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
  private final Throughput throughput;
  private final MetricsLog log = new MetricsLog();
  private GuardState guardState = GuardState.START;
  private long step;
  private long savedStep = -1;

  /**
   * What the loop works with.
   *
   * @param trainer all devices, loaded with the start weights
   * @param data batches by step
   * @param sourceNames name of each corpus, by its index
   * @param heldOut sets whose perplexity is measured
   * @param schedule learning rate by step, and the number of steps
   * @param checkpoints of this run
   * @param guards what stops or turns a run that goes wrong
   * @param reload puts the start weights back
   */
  record Parts(
      DataParallelTrainer trainer,
      TrainingData data,
      List<String> sourceNames,
      List<HeldOutSet> heldOut,
      LearningRateSchedule schedule,
      Checkpoints checkpoints,
      Guards guards,
      Runnable reload) {}

  TrainingLoop(TrainRun run, Parts parts, RunContext context, Throughput throughput) {
    this.run = run;
    this.parts = parts;
    this.context = context;
    this.throughput = throughput;
  }

  /** Steps done. */
  long step() {
    return step;
  }

  /** The curve so far. */
  MetricsLog log() {
    return log;
  }

  /**
   * Trains from the newest checkpoint, or from the start, to the last step.
   *
   * @return step of the checkpoint it began from; null for a fresh start
   * @throws RunFault user error {@code Diverged} or {@code Forgetting} when a guard stops the run
   */
  Long run() {
    var resumed = resume(Long.MAX_VALUE);
    var total = parts.schedule().totalSteps();
    if (step == 0 && log.evaluations().isEmpty()) {
      evaluate();
    }
    context.progress().begin("train", "steps", step, total);
    while (step < total) {
      leaveIfAsked();
      if (guardState.isSkipped(step)) {
        step++;
      } else {
        train();
      }
      context.progress().step(step);
      if (step == total || due(run.training().evaluationSteps())) {
        evaluate();
      }
      if (step == total || due(run.checkpoint().steps())) {
        save();
      }
    }
    parts.checkpoints().await();
    return resumed;
  }

  private Long resume(long before) {
    var restored = parts.checkpoints().restore(parts.trainer(), before);
    if (restored.isEmpty()) {
      return null;
    }
    var progress = restored.get();
    step = progress.step();
    savedStep = step;
    log.replaceBy(progress.metrics());
    guardState =
        before == Long.MAX_VALUE ? progress.guards() : guardState.rolledBackTo(progress.guards());
    context.progress().checkpoint(step);
    LOG.info("Going on from the checkpoint of step {}", step);
    return step;
  }

  private boolean due(Integer every) {
    return every != null && step % every == 0;
  }

  private void train() {
    throughput.begin();
    var batch = parts.data().batch(step);
    var gradients = parts.trainer().gradients(batch);
    var reading = new StepReading(step, gradients.rankLosses(), gradients.rankNorms());
    var verdict = parts.guards().beforeUpdate(guardState, reading);
    guardState = verdict.state();
    switch (verdict.decision()) {
      case Decision.Continue go -> update(gradients);
      case Decision.SkipStep skip -> {
        LOG.warn("Step {} left out: {}", step, skip.why());
        step++;
      }
      case Decision.Rollback back -> goBack(back);
      case Decision.LowerRate lower -> throw new IllegalStateException("not before an update");
      case Decision.Stop stop -> throw RunFault.userError(stop.reason(), stop.message());
    }
  }

  private void update(StepGradients gradients) {
    var limit = run.optimizer().maxGradNorm();
    // PyTorch's clip_grad_norm_ adds the same small number.
    var factor = limit > 0 ? Math.min(1, limit / (gradients.norm() + 1e-6)) : 1;
    var rate = parts.schedule().at(step) * guardState.rateFactor();
    parts.trainer().update(step, rate, factor);
    step++;
    var tokensPerSecond = throughput.end(step, gradients.tokens());
    var values = new TreeMap<String, Double>();
    values.put("loss", gradients.loss());
    values.put("learningRate", rate);
    values.put("gradNorm", gradients.norm());
    if (parts.sourceNames().size() > 1) {
      gradients
          .sourceLosses()
          .forEach((source, loss) -> values.put("loss/" + parts.sourceNames().get(source), loss));
    }
    log.step(step, values);
    values.forEach(context.progress()::metric);
    context.progress().metric("tokensPerSecond", tokensPerSecond);
    LOG.info(
        "Step {}/{}: loss {}, learning rate {}, gradient norm {}, {} tokens/s",
        step,
        parts.schedule().totalSteps(),
        "%.5f".formatted(gradients.loss()),
        "%.3e".formatted(rate),
        "%.4f".formatted(gradients.norm()),
        Math.round(tokensPerSecond));
  }

  private void goBack(Decision.Rollback back) {
    LOG.warn("Going back before step {}: {}", back.firstStep(), back.why());
    parts.checkpoints().await();
    if (resume(back.firstStep() + 1) == null) {
      parts.reload().run();
      step = 0;
      log.replaceBy(new MetricsLog());
      guardState = guardState.rolledBackTo(GuardState.START);
      evaluate();
    }
  }

  private void evaluate() {
    context.progress().begin("evaluate", "steps", step, parts.schedule().totalSteps());
    var perplexities = new TreeMap<String, Double>();
    for (var set : parts.heldOut()) {
      var perplexity = Math.exp(parts.trainer().meanLoss(set));
      perplexities.put(set.name(), perplexity);
      context.progress().metric("perplexity/" + set.name(), perplexity);
      LOG.info("Step {}: perplexity of {} is {}", step, set.name(), "%.3f".formatted(perplexity));
    }
    log.evaluation(step, perplexities);
    var verdict = parts.guards().afterEvaluation(guardState, step, perplexities);
    guardState = verdict.state();
    if (verdict.decision() instanceof Decision.Stop stop) {
      throw RunFault.userError(stop.reason(), stop.message());
    }
    context.progress().begin("train", "steps", step, parts.schedule().totalSteps());
  }

  private void save() {
    parts
        .checkpoints()
        .save(parts.trainer(), new Checkpoints.Progress(step, guardState, copyOfLog()));
    savedStep = step;
  }

  private MetricsLog copyOfLog() {
    var copy = new MetricsLog();
    copy.replaceBy(log);
    return copy;
  }

  private void leaveIfAsked() {
    if (context.stop().requested()) {
      if (savedStep != step) {
        save();
      }
      parts.checkpoints().await();
      context.stop().check();
    }
  }
}
