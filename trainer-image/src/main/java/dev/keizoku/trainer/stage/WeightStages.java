package dev.keizoku.trainer.stage;

import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.trainer.parallel.DataParallelTrainer;

/**
 * The stages in which a model's weights go in or out, told in bytes: they take minutes of a large
 * model, and nobody takes them for a stall.
 *
 * @param progress where they are told
 * @param parameters of the model
 */
public record WeightStages(ProgressBoard progress, long parameters) {

  /**
   * Gives the start values to all ranks; a number that is not finite ends the run.
   *
   * @param bytes that are read of them
   */
  public void load(WeightSource start, long bytes, DataParallelTrainer trainer) {
    progress.begin("check", "bytes", 0, null);
    start.checkDigests(progress::add);
    trainer.load(told("load", start, bytes));
  }

  /** The ranks' weights, of which each is to be read once. */
  public WeightSource export(DataParallelTrainer trainer, long bytesOfNumber) {
    return told("export", trainer.weights(), parameters * bytesOfNumber);
  }

  private WeightSource told(String stage, WeightSource weights, long bytes) {
    progress.begin(stage, "bytes", 0, bytes);
    return weights.counting(numbers -> progress.add(numbers * bytes / parameters));
  }
}
