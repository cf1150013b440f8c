package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.LanguageModelHead;
import dev.keizoku.llm.model.TransformerBlock;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.gather.UnitGather;
import java.util.ArrayList;
import java.util.List;

/**
 * A micro-batch through the model, a unit at a time: gather the unit's parameters, run it, let them
 * go; backwards the same, handing each unit's gradients over as soon as they are there. With
 * activation checkpointing only the input of each block is kept, and the block runs again before
 * its backward pass.
 */
final class LayerwisePass {
  private final CausalLm model;
  private final UnitGather parameters;
  private final ShardedGradients gradients;
  private final boolean recompute;
  private final DeviceMemory memory;

  LayerwisePass(
      CausalLm model,
      UnitGather parameters,
      ShardedGradients gradients,
      boolean recompute,
      DeviceMemory memory) {
    this.model = model;
    this.parameters = parameters;
    this.gradients = gradients;
    this.recompute = recompute;
    this.memory = memory;
  }

  /** Losses of each row, without gradients. */
  float[] losses(MicroBatch batch) {
    try (var all = memory.scope()) {
      var context = SequenceContext.of(batch.segments(), model.config(), memory);
      var hidden = embed(memory.of(batch.ids(), batch.ids().length));
      for (var unit = 1; unit < model.headUnit(); unit++) {
        var spent = hidden;
        try (var weights = parameters.gather(unit, unit + 1)) {
          hidden = model.block(unit).forward(spent, weights.tensors(), context);
        }
        memory.free(spent);
      }
      try (var weights = gatherHead(UnitGather.NONE)) {
        var pair = weights.pair();
        return model.head().losses(hidden, batch.targets(), pair.head(), pair.embedding());
      }
    }
  }

  private Tensor embed(Tensor ids) {
    try (var weights = parameters.gather(0, 1)) {
      return model.embedding().forward(ids, weights.tensors());
    }
  }

  private HeadWeights gatherHead(int next) {
    if (!model.config().tiedEmbeddings()) {
      return new HeadWeights(parameters.gather(model.headUnit(), next), null);
    }
    var head = parameters.gather(model.headUnit(), 0);
    return new HeadWeights(head, parameters.gather(0, next));
  }

  /**
   * What the head computes with.
   *
   * @param embedding null when the output layer is the head's own
   */
  private record HeadWeights(UnitGather.Gathered head, UnitGather.Gathered embedding)
      implements AutoCloseable {
    // An untied head never looks at the embedding; then the head's own stands in.
    LanguageModelHead.Pair pair() {
      return new LanguageModelHead.Pair(
          head.tensors(), embedding == null ? head.tensors() : embedding.tensors());
    }

    @Override
    public void close() {
      head.close();
      if (embedding != null) {
        embedding.close();
      }
    }
  }

  /**
   * Losses of each row; adds the gradients of {@code scale x} their sum.
   *
   * @param scale 1 / number of scored tokens of the whole step
   */
  float[] train(MicroBatch batch, double scale) {
    try (var all = memory.scope()) {
      var context = SequenceContext.of(batch.segments(), model.config(), memory);
      var ids = memory.of(batch.ids(), batch.ids().length);
      var inputs = new ArrayList<Tensor>();
      var states = new ArrayList<TransformerBlock.State>();
      var hidden = forward(embed(ids), context, inputs, states);
      var result = head(hidden, batch.targets(), scale);
      var gradient = result.gradient();
      for (var unit = model.headUnit() - 1; unit > 0; unit--) {
        var spent = gradient;
        try (var scope = memory.scope()) {
          var state = recompute ? null : states.get(unit - 1);
          gradient = scope.keep(backward(unit, spent, inputs.get(unit - 1), state, context));
        }
        // Nothing looks at a block's output and its gradient after its backward pass.
        memory.free(spent);
        memory.free(unit == model.headUnit() - 1 ? hidden : inputs.get(unit));
      }
      var target = gradients.open(0);
      model.embedding().backward(gradient, ids, target.tensors());
      gradients.close(target);
      return result.losses();
    }
  }

  private Tensor forward(
      Tensor embedded,
      SequenceContext context,
      List<Tensor> inputs,
      List<TransformerBlock.State> states) {
    var hidden = embedded;
    for (var unit = 1; unit < model.headUnit(); unit++) {
      inputs.add(hidden);
      try (var weights = parameters.gather(unit, unit + 1)) {
        if (recompute) {
          hidden = model.block(unit).forward(hidden, weights.tensors(), context);
        } else {
          var recorded = model.block(unit).record(hidden, weights.tensors(), context);
          states.add(recorded.state());
          hidden = recorded.output();
        }
      }
    }
    return hidden;
  }

  private LanguageModelHead.LossGradient head(Tensor hidden, int[] targets, double scale) {
    var tied = model.config().tiedEmbeddings();
    // Its backward pass is followed by that of the last block.
    try (var weights = gatherHead(model.headUnit() - 1)) {
      var headGradients = gradients.open(model.headUnit());
      var embeddingGradients = tied ? gradients.open(0) : headGradients;
      var result =
          model
              .head()
              .lossGradient(
                  hidden,
                  targets,
                  scale,
                  weights.pair(),
                  new LanguageModelHead.Pair(
                      headGradients.tensors(), embeddingGradients.tensors()));
      gradients.close(headGradients);
      if (tied) {
        gradients.close(embeddingGradients);
      }
      return result;
    }
  }

  private Tensor backward(
      int unit,
      Tensor gradient,
      Tensor input,
      TransformerBlock.State recorded,
      SequenceContext context) {
    var block = model.block(unit);
    try (var weights = parameters.gather(unit, unit > 1 ? unit - 1 : UnitGather.NONE)) {
      var state =
          recorded != null ? recorded : block.record(input, weights.tensors(), context).state();
      try (state) {
        var target = gradients.open(unit);
        var inputGradient =
            block.backward(gradient, state, context, weights.tensors(), target.tensors());
        gradients.close(target);
        return inputGradient;
      }
    }
  }
}
