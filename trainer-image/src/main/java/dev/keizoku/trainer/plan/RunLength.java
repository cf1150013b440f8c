package dev.keizoku.trainer.plan;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;

/**
 * How long a run is.
 *
 * @param steps optimizer steps, 1 or more
 * @param tokensPerStep sequences a step times sequence length
 */
public record RunLength(long steps, long tokensPerStep) {

  /**
   * The length of a run: the full batches of all epochs, or {@code maxSteps}, whichever is less.
   *
   * @param stepsPerEpoch not a whole number in general; looked at only when epochs are set
   * @throws RunFault user error {@code LengthUnknown} when neither epochs nor steps are set, {@code
   *     CorpusTooSmall} when the epochs do not fill one batch
   */
  public static RunLength of(TrainRun run, double stepsPerEpoch) {
    var training = run.training();
    if (training.epochs() == null && training.maxSteps() == null) {
      throw RunFault.userError(Reason.LENGTH_UNKNOWN, "Set epochs or maxSteps.");
    }
    var steps = training.maxSteps() == null ? Long.MAX_VALUE : (long) training.maxSteps();
    if (training.epochs() != null) {
      steps = Math.min(steps, (long) Math.floor(training.epochs() * stepsPerEpoch));
    }
    if (steps < 1) {
      throw RunFault.userError(
          Reason.CORPUS_TOO_SMALL,
          "The corpora do not fill one batch of %d sequences of %d tokens; lower globalBatchSize or add text."
              .formatted(training.globalBatchSize(), run.training().sequenceLength()));
    }
    return new RunLength(
        steps, (long) training.globalBatchSize() * run.training().sequenceLength());
  }

  /** Tokens trained on, repeated ones counted again. */
  public long tokens() {
    return steps * tokensPerStep;
  }
}
