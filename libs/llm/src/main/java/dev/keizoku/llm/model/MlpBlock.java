package dev.keizoku.llm.model;

import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.model.attention.FixedShapes;
import dev.keizoku.llm.torch.Tensor;

/**
 * The gated MLP: {@code down(silu(gate x) * up x)}. Suffixes: T tokens, F intermediate size, 2F
 * gate and up side by side, D hidden size. Source: Shazeer 2020, "SwiGLU".
 */
final class MlpBlock {
  private static final String GATE = "mlp.gate_proj.";
  private static final String UP = "mlp.up_proj.";

  /** Both projections, [T, 2F]. */
  Tensor gateUp(Tensor inputTD, UnitTensors weights, FixedShapes shapes) {
    return Linear.forward(
        inputTD,
        weights.stacked(GATE + "weight", UP + "weight"),
        weights.stackedOrNull(GATE + "bias", UP + "bias"),
        shapes);
  }

  /** Input of the down projection, [T, F]. */
  Tensor activated(Tensor gateUpT2F) {
    var out = gateUpT2F.memory().empty(gateUpT2F.type(), gateUpT2F.dim(0), gateUpT2F.dim(1) / 2);
    Kernels.on(gateUpT2F).gate(out, gateUpT2F);
    return out;
  }

  /**
   * Gradient of the input [T, D]; adds the gate's and up's gradients to {@code gradients}.
   *
   * @param gradActivatedTF becomes {@link #activated} again
   */
  Tensor backward(
      Tensor gradActivatedTF,
      Tensor inputTD,
      Tensor gateUpT2F,
      UnitTensors weights,
      UnitTensors gradients) {
    var memory = inputTD.memory();
    try (var scope = memory.scope()) {
      var gradT2F = memory.empty(inputTD.type(), gateUpT2F.shape());
      Kernels.on(inputTD).gateBackward(gradT2F, gradActivatedTF, gateUpT2F);
      Linear.accumulate(
          gradT2F,
          inputTD,
          gradients.stacked(GATE + "weight", UP + "weight"),
          gradients.stackedOrNull(GATE + "bias", UP + "bias"),
          gradients.isBlank());
      return scope.keep(
          Linear.inputGradient(gradT2F, weights.stacked(GATE + "weight", UP + "weight")));
    }
  }
}
