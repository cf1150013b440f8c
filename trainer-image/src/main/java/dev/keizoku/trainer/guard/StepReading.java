package dev.keizoku.trainer.guard;

import java.util.stream.DoubleStream;

/**
 * What a step has computed before its update is applied.
 *
 * @param step optimizer step, 0 or more
 * @param losses mean loss of each rank, nats a token
 * @param gradientNorms L2 norm of each rank's gradient shard, before clipping
 */
public record StepReading(long step, double[] losses, double[] gradientNorms) {

  /** Mean of the ranks' losses. */
  double meanLoss() {
    return DoubleStream.of(losses).average().orElseThrow();
  }
}
