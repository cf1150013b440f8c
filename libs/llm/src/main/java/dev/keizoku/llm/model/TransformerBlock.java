package dev.keizoku.llm.model;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.model.attention.FixedShapes;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;

/**
 * One layer: {@code y = x + attention(norm(x)); z = y + mlp(norm(y))}. The residual stream is fp32
 * [T, D]; everything between is in the parameters' type.
 */
public final class TransformerBlock {
  private static final String INPUT_NORM = "input_layernorm.weight";
  private static final String POST_NORM = "post_attention_layernorm.weight";
  private final ModelConfig config;
  private final CausalSelfAttention attention;
  private final MlpBlock mlp = new MlpBlock();

  TransformerBlock(ModelConfig config, int layer) {
    this.config = config;
    this.attention = new CausalSelfAttention(config, layer);
  }

  /** What {@link #backward} needs of a forward pass; {@link #close} frees it. */
  public static final class State implements AutoCloseable {
    private final TensorScope scope;
    private Tensor input;
    private RmsNorm.State inputNorm;
    private CausalSelfAttention.State attention;
    private Tensor middle;
    private RmsNorm.State postNorm;
    private Tensor gateUp;

    private State(TensorScope scope) {
      this.scope = scope;
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  /**
   * Result of a forward pass that is to be followed by a backward pass.
   *
   * @param output [T, D] fp32
   * @param state to be closed after {@link #backward}
   */
  public record Recorded(Tensor output, State state) {}

  /** Inference: [T, D] fp32 to [T, D] fp32. */
  public Tensor forward(Tensor inputTD, UnitTensors weights, SequenceContext context) {
    try (var scope = inputTD.memory().scope()) {
      return scope.keep(run(new State(scope), inputTD, weights, context));
    }
  }

  /** Forward pass that keeps what the backward pass needs. */
  public Recorded record(Tensor inputTD, UnitTensors weights, SequenceContext context) {
    var scope = inputTD.memory().scope();
    var state = new State(scope);
    var output = scope.keep(run(state, inputTD, weights, context));
    scope.leave();
    return new Recorded(output, state);
  }

  private Tensor run(State state, Tensor inputTD, UnitTensors weights, SequenceContext context) {
    var type = weights.flat().type();
    state.input = inputTD;
    state.inputNorm = RmsNorm.forward(inputTD, weights.get(INPUT_NORM), config.normEpsilon(), type);
    state.attention = attention.forward(state.inputNorm.output(), weights, context);
    state.middle =
        project(
            inputTD, state.attention.contextTQ(), weights, "self_attn.o_proj.", context.shapes());
    state.postNorm =
        RmsNorm.forward(state.middle, weights.get(POST_NORM), config.normEpsilon(), type);
    state.gateUp = mlp.gateUp(state.postNorm.output(), weights, context.shapes());
    try (var scope = inputTD.memory().scope()) {
      return scope.keep(
          project(
              state.middle,
              mlp.activated(state.gateUp),
              weights,
              "mlp.down_proj.",
              context.shapes()));
    }
  }

  // residual + x W^T + b; in fp32 the sum is part of the matrix product.
  private static Tensor project(
      Tensor residual, Tensor x, UnitTensors weights, String layer, FixedShapes shapes) {
    var weight = weights.get(layer + "weight");
    var bias = weights.orNull(layer + "bias");
    var memory = x.memory();
    var sum = memory.empty(DataType.FLOAT32, residual.shape());
    if (x.type() == DataType.FLOAT32) {
      shapes.run(
          sum,
          x,
          residual,
          (out, rows, addend) -> AtenCalls.addmm(out, addend, rows, weight.t(), 1, 1));
    } else {
      try (var scope = memory.scope()) {
        Kernels.on(sum).add(sum, residual, Linear.forward(x, weight, null, shapes));
      }
    }
    if (bias != null) {
      AtenCalls.addInPlace(sum, bias, 1);
    }
    return sum;
  }

  /**
   * Gradient of the block's input, [T, D] fp32; adds the parameters' gradients to {@code
   * gradients}.
   *
   * @param gradOutputTD gradient of the output, [T, D] fp32
   */
  public Tensor backward(
      Tensor gradOutputTD,
      State state,
      SequenceContext context,
      UnitTensors weights,
      UnitTensors gradients) {
    try (var scope = gradOutputTD.memory().scope()) {
      var dy = gradOutputTD.as(weights.flat().type());
      var activated = Linear.inputGradient(dy, weights.get("mlp.down_proj.weight"));
      var gradPost =
          mlp.backward(activated, state.postNorm.output(), state.gateUp, weights, gradients);
      accumulate(dy, activated, "mlp.down_proj.", gradients);
      var gradMiddle =
          RmsNorm.backward(
              gradPost,
              new Kernels.Norm(state.middle, state.postNorm.scale()),
              weights.get(POST_NORM),
              gradients.sum(POST_NORM),
              gradOutputTD);
      var dm = gradMiddle.as(weights.flat().type());
      accumulate(dm, state.attention.contextTQ(), "self_attn.o_proj.", gradients);
      var gradContext = Linear.inputGradient(dm, weights.get("self_attn.o_proj.weight"));
      var gradNormed =
          attention.backward(
              gradContext, state.inputNorm.output(), state.attention, context, weights, gradients);
      var gradInput =
          RmsNorm.backward(
              gradNormed,
              new Kernels.Norm(state.input, state.inputNorm.scale()),
              weights.get(INPUT_NORM),
              gradients.sum(INPUT_NORM),
              gradMiddle);
      return scope.keep(gradInput);
    }
  }

  private static void accumulate(Tensor dy, Tensor x, String layer, UnitTensors gradients) {
    Linear.accumulate(
        dy,
        x,
        gradients.get(layer + "weight"),
        gradients.orNull(layer + "bias"),
        gradients.isBlank());
  }
}
