package dev.keizoku.trainer.parallel;

/**
 * What a rank really holds, in bytes; on its device if nothing else is said.
 *
 * @param parameters between steps
 * @param gradients between steps
 * @param optimizer master weights and moments
 * @param held all tensors that are allocated now
 * @param peak the most that was ever held at once, activations included
 * @param offloaded in host memory: master weights, moments and one unit's gradients when the
 *     optimizer's state is offloaded (then {@code optimizer} is 0), else 0
 */
public record MemoryUse(
    long parameters, long gradients, long optimizer, long held, long peak, long offloaded) {}
