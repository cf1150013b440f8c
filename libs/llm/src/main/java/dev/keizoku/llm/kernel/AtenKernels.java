package dev.keizoku.llm.kernel;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;

/** By ATen operators, on any device. */
final class AtenKernels implements Kernels {
  static final Kernels INSTANCE = new AtenKernels();

  @Override
  public void rmsNorm(Tensor y, Tensor scale, Tensor x, Tensor weight, double epsilon) {
    var memory = x.memory();
    try (var scope = memory.scope()) {
      var x32 = x.as(DataType.FLOAT32);
      AtenCalls.norm(scale, x32);
      AtenCalls.mul(scale, scale, scale);
      AtenCalls.mulInPlace(scale, 1.0 / x.dim(-1));
      AtenCalls.addInPlace(scale, epsilon);
      AtenCalls.rsqrtInPlace(scale);
      var y32 = y.type() == DataType.FLOAT32 ? y : memory.empty(DataType.FLOAT32, y.shape());
      AtenCalls.mul(y32, x32, scale);
      AtenCalls.mul(y32, y32, weight);
      if (y32 != y) {
        AtenCalls.copy(y, y32);
      }
    }
  }

  @Override
  public void rmsNormBackward(
      Tensor dx, Tensor gradWeight, Tensor dy, Norm norm, Tensor weight, Tensor residual) {
    var memory = dx.memory();
    try (var scope = memory.scope()) {
      var width = dx.dim(-1);
      var normed = memory.empty(DataType.FLOAT32, dx.shape());
      AtenCalls.mul(normed, norm.x(), norm.scale());
      AtenCalls.mul(dx, dy, normed);
      var sum = memory.empty(DataType.FLOAT32, width);
      AtenCalls.sum(sum, dx.view(dx.elements() / width, width), 0, false);
      AtenCalls.addInPlace(gradWeight, sum, 1);
      // With g = dy w: dx = scale (g - normed mean(g normed)). Two bf16 factors would be multiplied
      // in bf16, and rounded before they get here.
      var weight32 = weight.as(DataType.FLOAT32);
      AtenCalls.mul(dx, dx, weight32);
      var mean = memory.empty(DataType.FLOAT32, norm.scale().shape());
      AtenCalls.sum(mean, dx, dx.rank() - 1, true);
      AtenCalls.mulInPlace(mean, 1.0 / width);
      AtenCalls.mul(dx, dy, weight32);
      AtenCalls.addcmulInPlace(dx, normed, mean, -1);
      AtenCalls.mul(dx, dx, norm.scale());
      if (residual != null) {
        AtenCalls.addInPlace(dx, residual, 1);
      }
    }
  }

  @Override
  public void gate(Tensor out, Tensor gateUp) {
    var width = out.dim(1);
    AtenCalls.silu(out, gateUp.narrow(1, 0, width));
    AtenCalls.mul(out, out, gateUp.narrow(1, width, width));
  }

  @Override
  public void gateBackward(Tensor gradGateUp, Tensor gradOut, Tensor gateUp) {
    var memory = gradOut.memory();
    try (var scope = memory.scope()) {
      var width = gradOut.dim(1);
      var gate = gateUp.narrow(1, 0, width);
      var product = memory.empty(gradOut.type(), gradOut.shape());
      AtenCalls.silu(product, gate);
      AtenCalls.mul(gradGateUp.narrow(1, width, width), gradOut, product);
      AtenCalls.mul(product, gradOut, gateUp.narrow(1, width, width));
      AtenCalls.siluBackward(gradGateUp.narrow(1, 0, width), product, gate);
      gate(gradOut, gateUp);
    }
  }

  @Override
  public void rotate(Tensor target, Tensor source, Tensor cosine, Tensor sine, int direction) {
    var half = source.dim(2) / 2;
    var memory = source.memory();
    try (var scope = memory.scope()) {
      var work =
          target.type() == DataType.FLOAT32
              ? target
              : memory.empty(DataType.FLOAT32, target.shape());
      var x1 = source.narrow(2, 0, half);
      var x2 = source.narrow(2, half, half);
      var y1 = work.narrow(2, 0, half);
      var y2 = work.narrow(2, half, half);
      AtenCalls.mul(y1, x1, cosine);
      AtenCalls.addcmulInPlace(y1, x2, sine, -direction);
      AtenCalls.mul(y2, x2, cosine);
      AtenCalls.addcmulInPlace(y2, x1, sine, direction);
      if (work != target) {
        AtenCalls.copy(target, work);
      }
    }
  }

  @Override
  public void add(Tensor out, Tensor a, Tensor b) {
    if (out != a) {
      AtenCalls.copy(out, a);
    }
    AtenCalls.accumulate(out, b);
  }

  @Override
  public float[] crossEntropy(Tensor logits, int[] targets, double scale) {
    var memory = logits.memory();
    try (var scope = memory.scope()) {
      var logs = logits.as(DataType.FLOAT32);
      AtenCalls.logSoftmax(logs, logs);
      var index = index(targets, memory);
      var picked = memory.empty(DataType.FLOAT32, targets.length, 1);
      AtenCalls.gather(picked, logs, index);
      var losses = HostCopy.floats(picked);
      var minusOne = new float[targets.length];
      var rowScale = new float[targets.length];
      for (var i = 0; i < targets.length; i++) {
        losses[i] = targets[i] < 0 ? 0 : -losses[i];
        minusOne[i] = -1;
        rowScale[i] = targets[i] < 0 ? 0 : (float) scale;
      }
      AtenCalls.expInPlace(logs);
      AtenCalls.scatterAddInPlace(logs, index, memory.of(minusOne, targets.length, 1));
      AtenCalls.mul(logs, logs, memory.of(rowScale, targets.length, 1));
      if (logs != logits) {
        AtenCalls.copy(logits, logs);
      }
      return losses;
    }
  }

  private static Tensor index(int[] targets, DeviceMemory memory) {
    var index = new long[targets.length];
    for (var i = 0; i < targets.length; i++) {
      index[i] = Math.max(0, targets[i]);
    }
    return memory.of(index, targets.length, 1);
  }
}
