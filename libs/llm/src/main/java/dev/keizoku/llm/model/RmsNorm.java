package dev.keizoku.llm.model;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;

/**
 * Root-mean-square norm over the last dimension, computed in fp32: {@code y = x / sqrt(mean(x^2) +
 * eps) * w}. Source: Zhang and Sennrich 2019, equation 4.
 */
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
    var memory = x.memory();
    try (var scope = memory.scope()) {
      var x32 = Casts.to(x, DataType.FLOAT32);
      var scaleShape = x.shape();
      scaleShape[scaleShape.length - 1] = 1;
      var scale = memory.empty(DataType.FLOAT32, scaleShape);
      AtenCalls.norm(scale, x32);
      AtenCalls.mul(scale, scale, scale);
      AtenCalls.mulInPlace(scale, 1.0 / x.dim(-1));
      AtenCalls.addInPlace(scale, epsilon);
      AtenCalls.rsqrtInPlace(scale);
      var y32 = memory.empty(DataType.FLOAT32, x.shape());
      AtenCalls.mul(y32, x32, scale);
      AtenCalls.mul(y32, y32, weight);
      return new State(scope.keep(Casts.to(y32, type)), scope.keep(scale));
    }
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
   * @param x the input
   * @param gradWeight accumulator [D]
   * @return gradient of the input, [..., D] fp32, contiguous
   */
  static Tensor backward(Tensor dy, Tensor x, Tensor scale, Tensor weight, Tensor gradWeight) {
    var memory = x.memory();
    try (var scope = memory.scope()) {
      var width = x.dim(-1);
      var normed = memory.empty(DataType.FLOAT32, x.shape());
      AtenCalls.mul(normed, x, scale);
      var product = memory.empty(DataType.FLOAT32, x.shape());
      AtenCalls.mul(product, dy, normed);
      var sum = memory.empty(DataType.FLOAT32, width);
      AtenCalls.sum(sum, product.view(product.elements() / width, width), 0, false);
      AtenCalls.addInPlace(gradWeight, sum, 1);
      // With g = dy w: dx = scale (g - normed mean(g normed)).
      AtenCalls.mul(product, product, weight);
      var mean = memory.empty(DataType.FLOAT32, scale.shape());
      AtenCalls.sum(mean, product, x.rank() - 1, true);
      AtenCalls.mulInPlace(mean, 1.0 / width);
      AtenCalls.mul(product, dy, weight);
      AtenCalls.addcmulInPlace(product, normed, mean, -1);
      AtenCalls.mul(product, product, scale);
      return scope.keep(product);
    }
  }
}
