package dev.keizoku.trainer.parallel;

import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.SamplePrompts;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;

/** Runs of which nothing is read or written: settings of steps alone. */
public final class BareRun {
  private BareRun() {}

  /** Steps of that size. */
  public static Training training(
      int length,
      int maxSteps,
      int batch,
      int microBatch,
      double learningRate,
      Training.Precision precision) {
    return new Training(
        length,
        null,
        maxSteps,
        batch,
        microBatch,
        learningRate,
        0.0,
        0,
        null,
        precision,
        null,
        null,
        null,
        null,
        null,
        1L);
  }

  /** A run of them. */
  public static TrainRun of(
      Training training, Optimizer optimizer, Parallelism parallelism, SamplePrompts prompts) {
    return new TrainRun(
        "uid",
        "bare",
        null,
        null,
        null,
        null,
        null,
        null,
        training,
        optimizer,
        parallelism,
        null,
        null,
        null,
        prompts);
  }
}
