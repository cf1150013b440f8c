package dev.keizoku.llm.model;

import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.torch.Tensor;

/**
 * The gated MLP: {@code down(silu(gate x) * up x)}. Suffixes: T tokens, F intermediate size, 2F
 * gate and up side by side, D hidden size. Source: Shazeer 2020, "SwiGLU".
 */
final class MlpBlock {
  private static final String GATE = "mlp.gate_proj.";
  private static final String UP = "mlp.up_proj.";

  /**
   * What the backward pass needs.
   *
   * @param gateUpT2F both projections
   * @param activatedTF input of the down projection
   */
  record State(Tensor gateUpT2F, Tensor activatedTF) {}

  State forward(Tensor inputTD, UnitTensors weights) {
    var gateUpT2F =
        Linear.forward(
            inputTD,
            weights.stacked(GATE + "weight", UP + "weight"),
            weights.stackedOrNull(GATE + "bias", UP + "bias"));
    var width = gateUpT2F.dim(1) / 2;
    var activatedTF = inputTD.memory().empty(inputTD.type(), inputTD.dim(0), width);
    Kernels.on(inputTD).gate(activatedTF, gateUpT2F);
    return new State(gateUpT2F, activatedTF);
  }

  /** Gradient of the input [T, D]; adds the gate's and up's gradients to {@code gradients}. */
  Tensor backward(
      Tensor gradActivatedTF,
      Tensor inputTD,
      State state,
      UnitTensors weights,
      UnitTensors gradients) {
    var memory = inputTD.memory();
    try (var scope = memory.scope()) {
      var gradT2F = memory.empty(inputTD.type(), state.gateUpT2F().shape());
      Kernels.on(inputTD).gateBackward(gradT2F, gradActivatedTF, state.gateUpT2F());
      Linear.accumulate(
          gradT2F,
          inputTD,
          gradients.stacked(GATE + "weight", UP + "weight"),
          gradients.stackedOrNull(GATE + "bias", UP + "bias"));
      return scope.keep(
          Linear.inputGradient(gradT2F, weights.stacked(GATE + "weight", UP + "weight")));
    }
  }
}
