package dev.keizoku.trainer.plan;

import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.TrainRun.Training;

/**
 * How long a run is.
 *
 * @param steps optimizer steps, 1 or more
 * @param sequences packed sequences of one epoch, 0 when not known
 * @param tokensPerStep sequences a step times sequence length
 */
public record RunLength(long steps, long sequences, long tokensPerStep) {

  /**
   * The length of a run: as many steps as hold all sequences of all epochs (the last may repeat
   * some), or {@code maxSteps}, whichever is less.
   *
   * @param sequences full packed sequences of all data together, 0 when not known
   * @throws RunFault user error {@code LengthUnknown} when epochs are asked for and the data's size
   *     is not known, {@code CorpusTooSmall} when it fills no sequence
   */
  public static RunLength of(Training training, int sequenceLength, long sequences) {
    var tokensPerStep = (long) training.globalBatchSize() * sequenceLength;
    if (training.epochs() == null) {
      if (training.maxSteps() == null) {
        throw RunFault.userError("LengthUnknown", "Set training.epochs or training.maxSteps.");
      }
      return new RunLength(training.maxSteps(), sequences, tokensPerStep);
    }
    if (sequences < 1) {
      throw RunFault.userError(
          "CorpusTooSmall",
          "The data fills no sequence of %d tokens; add documents or shorten sequenceLength."
              .formatted(sequenceLength));
    }
    var steps = (long) Math.ceil(training.epochs() * sequences / training.globalBatchSize());
    var limit = training.maxSteps() == null ? Long.MAX_VALUE : training.maxSteps();
    return new RunLength(Math.max(1, Math.min(steps, limit)), sequences, tokensPerStep);
  }

  /** Tokens trained on, repeated ones counted again. */
  public long tokens() {
    return steps * tokensPerStep;
  }
}
