package dev.keizoku.trainer.optim;

/**
 * Clipping of gradients by their global norm: all are scaled down together, so that the norm is at
 * most the limit and the direction stays.
 *
 * <p>Source: PyTorch's {@code clip_grad_norm_}, with the same small number in the divisor.
 *
 * @param maxNorm largest L2 norm over all parameters; 0 switches clipping off
 */
public record GradientClipping(double maxNorm) {
  private static final double EPSILON = 1e-6;

  /**
   * What all gradients are multiplied with.
   *
   * @param norm their global L2 norm, 0 or more
   * @return above 0 and at most 1
   */
  public double factor(double norm) {
    return maxNorm > 0 ? Math.min(1, maxNorm / (norm + EPSILON)) : 1;
  }
}
