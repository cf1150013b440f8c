package dev.keizoku.trainer.parallel;

/**
 * What a rank's device really holds, in bytes.
 *
 * @param parameters between steps
 * @param gradients between steps
 * @param optimizer master weights and moments
 * @param held all tensors that are allocated now
 * @param peak the most that was ever held at once, activations included
 */
public record MemoryUse(long parameters, long gradients, long optimizer, long held, long peak) {}
