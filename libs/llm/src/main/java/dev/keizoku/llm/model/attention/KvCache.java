package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Keys and values of the tokens that one sequence has already been through, for inference. Each
 * layer appends its rows during a forward pass; {@link #advance} then makes them the past. The past
 * can be cut back, so that several continuations share one prefix.
 */
public final class KvCache {
  private final List<Tensor> keys = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();
  private final int capacity;
  private int length;

  /**
   * Room for {@code capacity} tokens, in the innermost scope.
   *
   * @param type of the model's parameters
   * @param memories where a layer is, by its index
   */
  public KvCache(
      ModelConfig config, int capacity, DataType type, IntFunction<DeviceMemory> memories) {
    this.capacity = capacity;
    for (var layer = 0; layer < config.layers(); layer++) {
      var memory = memories.apply(layer);
      // Not empty: a block is attended to its end, and what is masked there must be a number.
      keys.add(memory.zeros(type, capacity, config.keyValueHeads(), config.headSize()));
      values.add(memory.zeros(type, capacity, config.keyValueHeads(), config.headSize()));
    }
  }

  /** Tokens of the past. */
  public int length() {
    return length;
  }

  /** Forgets what came after the first {@code tokens}. */
  public void cut(int tokens) {
    if (tokens < 0 || tokens > length) {
      throw new IllegalArgumentException("cannot cut %d tokens to %d".formatted(length, tokens));
    }
    length = tokens;
  }

  /** Makes the rows that every layer appended, {@code tokens} each, the past. */
  public void advance(int tokens) {
    length += tokens;
  }

  /** Appends rows of keys and of values, each [n, Hkv, d], after the past. */
  void append(int layer, Tensor newKeys, Tensor newValues) {
    var count = newKeys.dim(0);
    if (length + count > capacity) {
      throw new IllegalArgumentException(
          "%d tokens do not fit into %d".formatted(length + count, capacity));
    }
    AtenCalls.copy(keys.get(layer).narrow(0, length, count), newKeys);
    AtenCalls.copy(values.get(layer).narrow(0, length, count), newValues);
  }

  /** The first rows of a layer's keys, [rows, Hkv, d]. */
  Tensor keys(int layer, int rows) {
    return keys.get(layer).narrow(0, 0, rows);
  }

  /** The same for values. */
  Tensor values(int layer, int rows) {
    return values.get(layer).narrow(0, 0, rows);
  }
}
