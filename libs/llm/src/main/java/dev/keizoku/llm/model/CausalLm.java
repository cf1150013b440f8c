package dev.keizoku.llm.model;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The model as a sequence of units: embedding, blocks, head. It holds no parameters: each call is
 * given those of the unit, so that a trainer may gather them from anywhere just before.
 */
public final class CausalLm {
  private final ModelLayout layout;
  private final TokenEmbedding embedding = new TokenEmbedding();
  private final List<TransformerBlock> blocks = new ArrayList<>();
  private final LanguageModelHead head;

  /** The model that {@code config} describes. */
  public CausalLm(ModelConfig config) {
    layout = ModelLayout.of(config);
    for (var layer = 0; layer < config.layers(); layer++) {
      blocks.add(new TransformerBlock(config, layer));
    }
    head = new LanguageModelHead(config);
  }

  /** Configuration. */
  public ModelConfig config() {
    return layout.config();
  }

  /** Parameters by unit: 0 the embedding, 1 to layers the blocks, then the head. */
  public ModelLayout layout() {
    return layout;
  }

  /** Index of the head's unit. */
  public int headUnit() {
    return blocks.size() + 1;
  }

  /** Unit 0. */
  public TokenEmbedding embedding() {
    return embedding;
  }

  /** The block of unit {@code unit}, 1 to layers. */
  public TransformerBlock block(int unit) {
    return blocks.get(unit - 1);
  }

  /** The last unit. */
  public LanguageModelHead head() {
    return head;
  }

  /**
   * Residual stream after the last block, for inference.
   *
   * @param ids [T] int64
   * @param weights gives a unit's parameters; may free those of the unit before
   * @return [T, D] fp32
   */
  public Tensor hidden(Tensor ids, SequenceContext context, IntFunction<UnitTensors> weights) {
    return hidden(ids, context, weights, unit -> ids.memory());
  }

  /**
   * The same over several devices: the stream is copied to where the next block is, and in the end
   * back to where it began.
   *
   * @param memories where a unit's parameters are, all of the same scopes; that of {@code ids} has
   *     the embedding
   */
  public Tensor hidden(
      Tensor ids,
      SequenceContext context,
      IntFunction<UnitTensors> weights,
      IntFunction<DeviceMemory> memories) {
    try (var all = ids.memory().scope()) {
      var hidden = embedding.forward(ids, weights.apply(0));
      var here = context;
      for (var unit = 1; unit <= blocks.size(); unit++) {
        var memory = memories.apply(unit);
        if (memory != hidden.memory()) {
          hidden = moved(hidden, memory);
          here = context.in(memory);
        }
        var spent = hidden;
        try (var scope = memory.scope()) {
          hidden = scope.keep(block(unit).forward(spent, weights.apply(unit), here));
        }
        memory.free(spent);
      }
      for (var i = 0; i < context.pasts().size(); i++) {
        context.pasts().get(i).cache().advance(context.segments().get(i).length());
      }
      return all.keep(hidden.memory() == ids.memory() ? hidden : moved(hidden, ids.memory()));
    }
  }

  private static Tensor moved(Tensor tensor, DeviceMemory memory) {
    var copy = memory.copy(tensor);
    tensor.memory().free(tensor);
    return copy;
  }
}
