package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import java.util.List;

/**
 * Refuses runs that cannot be, before anything is read: each with the field and what it must be.
 * The cluster's schema says the same; a run file written by hand comes by here only.
 */
final class RunCheck {
  private RunCheck() {}

  /**
   * Checks a run file.
   *
   * @throws RunFault user error {@code RUN_FILE_INVALID}
   */
  static void check(TrainRun run) {
    require(run.output() != null, "output is missing; give a URI");
    require(
        (run.baseModel() == null) != (run.initialize() == null),
        "set exactly one of baseModel and initialize");
    require(run.baseModel() == null || run.baseModel().uri() != null, "baseModel.uri is missing");
    require(
        run.initialize() == null
            || (run.initialize().config() != null && run.initialize().tokenizer() != null),
        "initialize needs config and tokenizer");
    require(run.data() != null && !run.data().isEmpty(), "data is empty; name at least one corpus");
    checkData(run.data());
    if (run.evaluation() != null) {
      checkData(run.evaluation());
      requireSameCorpora(run.data(), run.evaluation());
    }
    require(
        run.sequenceLength() >= 8,
        "sequenceLength is %d; it must be 8 or more",
        run.sequenceLength());
    require(run.training() != null, "training is missing");
    require(run.optimizer() != null, "optimizer is missing");
    require(run.parallelism() != null, "parallelism is missing");
    require(run.checkpoint() != null, "checkpoint is missing");
    checkTraining(run.training(), run.parallelism().devices());
    checkOptimizer(run.optimizer());
    checkParallelism(run.parallelism());
    require(run.checkpoint().steps() >= 1, "checkpoint.steps must be 1 or more");
    require(run.checkpoint().keepLast() >= 1, "checkpoint.keepLast must be 1 or more");
    require(
        run.checkpoint().keepBest() == null || run.checkpoint().keepBest() >= 0,
        "checkpoint.keepBest must be 0 or more");
    checkExport(run);
    if (run.guards() != null) {
      checkGuards(run.guards(), run.training().evaluationSteps());
    }
    if (run.samplePrompts() != null) {
      checkSamples(run.samplePrompts());
    }
  }

  private static void checkExport(TrainRun run) {
    if (run.export() != TrainRun.Export.BEST) {
      return;
    }
    var keepBest = run.checkpoint().keepBest();
    require(
        run.training().evaluationSteps() != null,
        "export: best chooses among the evaluations; set training.evaluationSteps");
    require(
        keepBest != null && keepBest >= 1,
        "export: best needs its checkpoint; set checkpoint.keepBest to 1 or more");
  }

  private static void checkGuards(TrainRun.Guards guards, Integer evaluationSteps) {
    var spike = guards.lossSpike();
    require(
        spike == null || spike.window() >= 3,
        "guards.lossSpike.window must be 3 or more (a median of fewer says nothing)");
    require(
        spike == null || (spike.threshold() > 0 && spike.maxRollbacks() >= 0),
        "guards.lossSpike.threshold must be above 0 and maxRollbacks 0 or more");
    var forgetting = guards.forgetting();
    if (forgetting == null) {
      return;
    }
    require(
        forgetting.heldOut() != null && forgetting.action() != null,
        "guards.forgetting needs heldOut and action");
    require(
        evaluationSteps != null,
        "guards.forgetting looks at each evaluation; set training.evaluationSteps");
    require(forgetting.maxIncrease() >= 0, "guards.forgetting.maxIncrease must be 0 or more");
    var factor = forgetting.learningRateFactor();
    require(
        factor == null || (factor > 0 && factor < 1),
        "guards.forgetting.learningRateFactor is %s; it must be above 0 and below 1",
        factor);
    require(
        forgetting.maxLowerings() == null || forgetting.maxLowerings() >= 0,
        "guards.forgetting.maxLowerings must be 0 or more");
  }

  private static void checkSamples(TrainRun.SamplePrompts samples) {
    require(
        samples.maxNewTokens() >= 0 && samples.maxNewTokens() <= 1024,
        "samplePrompts.maxNewTokens is %d; it must be 0 to 1024",
        samples.maxNewTokens());
    require(
        samples.prompts() == null || samples.prompts().size() <= 20,
        "samplePrompts.prompts has more than 20 prompts");
  }

  private static void checkData(List<TrainRun.Data> data) {
    for (var corpus : data) {
      require(
          corpus != null && corpus.uri() != null && corpus.name() != null,
          "a corpus needs name and uri");
      require(
          corpus.weight() == null || (corpus.weight() > 0 && Double.isFinite(corpus.weight())),
          "the weight of %s must be above 0",
          corpus.name());
    }
    require(
        data.stream().map(TrainRun.Data::name).distinct().count() == data.size(),
        "two corpora have the same name");
  }

  // A name stands for one corpus: that of data would be measured, whatever evaluation says.
  private static void requireSameCorpora(List<TrainRun.Data> data, List<TrainRun.Data> evaluation) {
    for (var set : evaluation) {
      require(
          data.stream().noneMatch(d -> d.name().equals(set.name()) && !d.uri().equals(set.uri())),
          "evaluation and data give the name %s to two corpora",
          set.name());
    }
  }

  private static void checkTraining(TrainRun.Training training, int devices) {
    require(
        training.epochs() != null || training.maxSteps() != null,
        "set training.epochs or training.maxSteps");
    require(
        training.epochs() == null || (training.epochs() > 0 && Double.isFinite(training.epochs())),
        "training.epochs must be above 0");
    require(
        training.maxSteps() == null || training.maxSteps() > 0,
        "training.maxSteps must be 1 or more");
    require(
        training.learningRate() > 0 && training.learningRate() <= 1,
        "training.learningRate is %s; it must be above 0 and at most 1",
        training.learningRate());
    require(
        training.minLearningRate() >= 0 && training.minLearningRate() <= training.learningRate(),
        "training.minLearningRate must be between 0 and learningRate");
    require(training.warmupSteps() >= 0, "training.warmupSteps must be 0 or more");
    require(training.microBatchSize() >= 1, "training.microBatchSize must be 1 or more");
    require(devices >= 1, "parallelism.devices must be 1 or more");
    var atOnce = (long) training.microBatchSize() * devices;
    require(
        training.globalBatchSize() >= 1 && training.globalBatchSize() % atOnce == 0,
        "training.globalBatchSize is %d; it must be a multiple of microBatchSize x devices = %d",
        training.globalBatchSize(),
        atOnce);
    require(
        training.evaluationSteps() == null || training.evaluationSteps() >= 1,
        "training.evaluationSteps must be 1 or more");
  }

  private static void checkOptimizer(TrainRun.Optimizer optimizer) {
    require(
        optimizer.beta1() >= 0
            && optimizer.beta1() < 1
            && optimizer.beta2() >= 0
            && optimizer.beta2() < 1,
        "optimizer.beta1 and beta2 must be at least 0 and below 1");
    require(optimizer.epsilon() > 0, "optimizer.epsilon must be above 0");
    require(
        optimizer.weightDecay() >= 0 && optimizer.maxGradNorm() >= 0,
        "optimizer.weightDecay and maxGradNorm must be 0 or more");
  }

  private static void checkParallelism(TrainRun.Parallelism parallelism) {
    require(
        parallelism.zeroStage() >= 0 && parallelism.zeroStage() <= 3,
        "parallelism.zeroStage is %d; it must be 0 to 3",
        parallelism.zeroStage());
  }

  private static void require(boolean condition, String problem, Object... arguments) {
    if (!condition) {
      throw RunFault.userError(Reason.RUN_FILE_INVALID, problem.formatted(arguments) + ".");
    }
  }
}
