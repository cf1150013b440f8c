package dev.keizoku.llm.model;

import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;

/** Root-mean-square norm over the last dimension; see {@link Kernels#rmsNorm}. */
final class RmsNorm {
  private RmsNorm() {}

  /**
   * Forward pass.
   *
   * @param x [..., D]; may be strided
   * @param weight [D]
   * @param type of the result
   * @return the result [..., D] and the scale [..., 1] that the backward pass needs
   */
  static State forward(Tensor x, Tensor weight, double epsilon, DataType type) {
    var scaleShape = x.shape();
    scaleShape[scaleShape.length - 1] = 1;
    var scale = x.memory().empty(DataType.FLOAT32, scaleShape);
    var output = x.memory().empty(type, x.shape());
    Kernels.on(x).rmsNorm(output, scale, x, weight, epsilon);
    return new State(output, scale);
  }

  /**
   * @param output [..., D]
   * @param scale [..., 1] fp32: 1 / sqrt(mean(x^2) + eps)
   */
  record State(Tensor output, Tensor scale) {}

  /**
   * Backward pass.
   *
   * @param dy gradient of the output, [..., D]
   * @param norm of the forward pass
   * @param gradWeight accumulator [D]
   * @param residual [..., D] fp32, added to the result; null for nothing
   * @return gradient of the input, [..., D] fp32, contiguous
   */
  static Tensor backward(
      Tensor dy, Kernels.Norm norm, Tensor weight, Tensor gradWeight, Tensor residual) {
    var dx = dy.memory().empty(DataType.FLOAT32, dy.shape());
    Kernels.on(dx).rmsNormBackward(dx, gradWeight, dy, norm, weight, residual);
    return dx;
  }
}
