package dev.keizoku.trainer.guard;

import dev.keizoku.contract.fault.Reason;

/** What the training loop does next. */
public sealed interface Decision {

  /** Apply the update and go on. */
  record Continue() implements Decision {}

  /**
   * Drop the gradients of this step, which have not been applied: no update, the next batch.
   *
   * @param why one sentence
   */
  record SkipStep(String why) implements Decision {}

  /**
   * Go back to the newest checkpoint before {@code firstStep}, and from there on leave out the
   * batches of the given steps (both included).
   *
   * @param firstStep first step whose batch is left out
   * @param lastStep last step whose batch is left out
   * @param why one sentence
   */
  record Rollback(long firstStep, long lastStep, String why) implements Decision {}

  /**
   * Multiply the learning rate of all later steps.
   *
   * @param factor above 0 and below 1, on top of earlier ones
   * @param why one sentence
   */
  record LowerRate(double factor, String why) implements Decision {}

  /**
   * End the run.
   *
   * @param reason {@code DIVERGED} or {@code FORGETTING}
   * @param message one sentence that says what to do
   */
  record Stop(Reason reason, String message) implements Decision {}

  /** Nothing is wrong. */
  Decision CONTINUE = new Continue();
}
