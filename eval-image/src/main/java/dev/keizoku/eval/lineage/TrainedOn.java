package dev.keizoku.eval.lineage;

import dev.keizoku.eval.task.HeldOutSet;

/**
 * Something that a model was trained on.
 *
 * @param model its name in the run
 * @param from name of the corpus; address of the model where it is not told what that was trained
 *     on
 * @param state what is known of it
 * @param corpus what its version held of benchmarks; null unless it was read
 */
public record TrainedOn(String model, String from, State state, HeldOutSet.Corpus corpus) {

  /** What is known. */
  public enum State {
    /** The corpus was read. */
    READ,
    /** It is gone, or is not what the model was trained on. */
    GONE,
    /** Nobody wrote down what the model was trained on. */
    NOT_TOLD
  }
}
