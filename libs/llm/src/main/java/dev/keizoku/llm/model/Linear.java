package dev.keizoku.llm.model;

import dev.keizoku.llm.model.attention.FixedShapes;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.Tensor;

/** {@code y = x W^T + b} on token rows, and its gradients. */
final class Linear {
  private Linear() {}

  /**
   * Forward pass.
   *
   * @param x [T, in]
   * @param weight [out, in]
   * @param bias [out] or null
   * @return [T, out], new
   */
  static Tensor forward(Tensor x, Tensor weight, Tensor bias) {
    return forward(x, weight, bias, FixedShapes.NONE);
  }

  /** The same with products of those shapes. */
  static Tensor forward(Tensor x, Tensor weight, Tensor bias, FixedShapes shapes) {
    var y = x.memory().empty(x.type(), x.dim(0), weight.dim(0));
    shapes.run(
        y,
        x,
        null,
        (out, rows, none) -> {
          if (bias == null) {
            AtenCalls.mm(out, rows, weight.t());
          } else {
            AtenCalls.addmm(out, bias, rows, weight.t(), 1, 1);
          }
        });
    return y;
  }

  /**
   * Adds the weight's gradient {@code dy^T x} and the bias's to their accumulators.
   *
   * @param gradBias null where there is none
   * @param blank whether nothing is in them yet
   */
  static void accumulate(Tensor dy, Tensor x, Tensor gradWeight, Tensor gradBias, boolean blank) {
    if (blank) {
      AtenCalls.mm(gradWeight, dy.t(), x);
    } else {
      AtenCalls.addmm(gradWeight, gradWeight, dy.t(), x, 1, 1);
    }
    if (gradBias != null) {
      var memory = dy.memory();
      try (var scope = memory.scope()) {
        var sum = memory.empty(dy.type(), dy.dim(1));
        AtenCalls.sum(sum, dy, 0, false);
        if (blank) {
          AtenCalls.copy(gradBias, sum);
        } else {
          AtenCalls.addInPlace(gradBias, sum, 1);
        }
      }
    }
  }

  /** Gradient of the input: {@code dy W}, [T, in], new. */
  static Tensor inputGradient(Tensor dy, Tensor weight) {
    var dx = dy.memory().empty(dy.type(), dy.dim(0), weight.dim(1));
    AtenCalls.mm(dx, dy, weight);
    return dx;
  }
}
