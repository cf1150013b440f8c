package dev.keizoku.trainer.guard;

/**
 * What a step has computed before its update is applied.
 *
 * @param step optimizer step, 0 or more
 * @param loss mean over all scored tokens, nats; the same on any number of ranks
 * @param losses the same of each rank; they show which one is not finite
 * @param gradientNorms L2 norm of each rank's gradient shard, before clipping
 */
public record StepReading(long step, double loss, double[] losses, double[] gradientNorms) {}
