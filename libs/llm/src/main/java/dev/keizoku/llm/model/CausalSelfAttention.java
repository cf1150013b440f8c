package dev.keizoku.llm.model;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.SlidingWindow;
import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.model.attention.AttentionKernel;
import dev.keizoku.llm.model.attention.AttentionKernel.Forward;
import dev.keizoku.llm.model.attention.CachedAttention;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.Tensor;

/**
 * Grouped-query attention with rotary positions.
 *
 * <p>Legend of the suffixes: T tokens of the batch; Q = heads x head size; K = key heads x head
 * size; E = Q + 2K (query, key and value rows side by side); D hidden size; H, h heads and their
 * size.
 */
final class CausalSelfAttention {
  private final ModelConfig config;
  private final int layer;
  private final boolean slides;

  CausalSelfAttention(ModelConfig config, int layer) {
    this.config = config;
    this.layer = layer;
    this.slides = config.window().slides().get(layer);
  }

  /**
   * What the backward pass needs.
   *
   * @param qkvTE projections before norm and rotation
   * @param rotatedTHh rotated queries and keys side by side, [T, heads + key heads, h]
   * @param kernel the attention itself; null in inference with a cache
   * @param contextTQ weighted values, the input of the output projection
   * @param queryScale scale of the query norm; null without one
   * @param keyScale the same of the key norm
   */
  record State(
      Tensor qkvTE,
      Tensor rotatedTHh,
      Forward kernel,
      Tensor contextTQ,
      Tensor queryScale,
      Tensor keyScale) {}

  State forward(Tensor inputTD, UnitTensors weights, SequenceContext context) {
    var memory = inputTD.memory();
    var qkvTE =
        Linear.forward(
            inputTD,
            weights.stacked(projection("q", "weight"), projection("v", "weight")),
            weights.stackedOrNull(projection("q", "bias"), projection("v", "bias")),
            context.shapes());
    var raw = split(qkvTE);
    Tensor queryScale = null;
    Tensor keyScale = null;
    var query = raw.query();
    var key = raw.key();
    if (config.queryKeyNorm()) {
      var type = inputTD.type();
      var normedQuery =
          RmsNorm.forward(
              query, weights.get("self_attn.q_norm.weight"), config.normEpsilon(), type);
      var normedKey =
          RmsNorm.forward(key, weights.get("self_attn.k_norm.weight"), config.normEpsilon(), type);
      query = normedQuery.output();
      key = normedKey.output();
      queryScale = normedQuery.scale();
      keyScale = normedKey.scale();
    }
    var rotatedTHh =
        memory.empty(
            inputTD.type(),
            inputTD.dim(0),
            config.heads() + config.keyValueHeads(),
            config.headSize());
    var heads = rotated(rotatedTHh, raw.value());
    context.rope().rotate(heads.query(), query);
    context.rope().rotate(heads.key(), key);
    var contextTQ = memory.empty(inputTD.type(), inputTD.dim(0), config.queryWidth());
    var out = contextTQ.view(inputTD.dim(0), config.heads(), config.headSize());
    Forward kernel = null;
    if (context.pasts().isEmpty()) {
      var saved = kernel(inputTD, context).forward(heads, out, context.segments());
      kernel = new Forward(out, saved, context.segments());
    } else {
      new CachedAttention(layer, slides).attend(heads, out, context);
    }
    return new State(qkvTE, rotatedTHh, kernel, contextTQ, queryScale, keyScale);
  }

  private AttentionKernel kernel(Tensor like, SequenceContext context) {
    var window = slides ? config.window().tokens() : SlidingWindow.UNLIMITED;
    return AttentionKernel.on(like, config.headSize(), window, context);
  }

  private Heads split(Tensor rowsTE) {
    long head = config.headSize();
    var rowsTHh = rowsTE.view(rowsTE.dim(0), rowsTE.dim(1) / head, head);
    return new Heads(
        rowsTHh.narrow(1, 0, config.heads()),
        rowsTHh.narrow(1, config.heads(), config.keyValueHeads()),
        rowsTHh.narrow(1, config.heads() + config.keyValueHeads(), config.keyValueHeads()));
  }

  private Heads rotated(Tensor rotatedTHh, Tensor value) {
    return new Heads(
        rotatedTHh.narrow(1, 0, config.heads()),
        rotatedTHh.narrow(1, config.heads(), config.keyValueHeads()),
        value);
  }

  /**
   * Gradient of the input [T, D]; adds the parameters' gradients to {@code gradients}.
   *
   * @param gradContextTQ gradient of {@link State#contextTQ}
   * @param inputTD what {@link #forward} was given
   */
  Tensor backward(
      Tensor gradContextTQ,
      Tensor inputTD,
      State state,
      SequenceContext context,
      UnitTensors weights,
      UnitTensors gradients) {
    var memory = inputTD.memory();
    try (var scope = memory.scope()) {
      var raw = split(state.qkvTE());
      var gradQkvTE = memory.empty(inputTD.type(), state.qkvTE().shape());
      var gradRaw = split(gradQkvTE);
      var gradRotatedTHh = memory.empty(inputTD.type(), state.rotatedTHh().shape());
      var gradHeads = rotated(gradRotatedTHh, gradRaw.value());
      kernel(inputTD, context)
          .backward(
              rotated(state.rotatedTHh(), raw.value()),
              state.kernel(),
              gradContextTQ.view(state.kernel().out().shape()),
              gradHeads);
      context.rope().rotateBack(gradRaw.query(), gradHeads.query());
      context.rope().rotateBack(gradRaw.key(), gradHeads.key());
      if (config.queryKeyNorm()) {
        normBackward(gradRaw.query(), raw.query(), state.queryScale(), "q", weights, gradients);
        normBackward(gradRaw.key(), raw.key(), state.keyScale(), "k", weights, gradients);
      }
      Linear.accumulate(
          gradQkvTE,
          inputTD,
          gradients.stacked(projection("q", "weight"), projection("v", "weight")),
          gradients.stackedOrNull(projection("q", "bias"), projection("v", "bias")),
          gradients.isBlank());
      return scope.keep(
          Linear.inputGradient(
              gradQkvTE, weights.stacked(projection("q", "weight"), projection("v", "weight"))));
    }
  }

  // Replaces the gradient of the norm's output by that of its input.
  private static void normBackward(
      Tensor gradient,
      Tensor input,
      Tensor scale,
      String which,
      UnitTensors weights,
      UnitTensors gradients) {
    var name = "self_attn." + which + "_norm.weight";
    AtenCalls.copy(
        gradient,
        RmsNorm.backward(
            gradient,
            new Kernels.Norm(input, scale),
            weights.get(name),
            gradients.sum(name),
            null));
  }

  private static String projection(String of, String kind) {
    return "self_attn.%s_proj.%s".formatted(of, kind);
  }
}
