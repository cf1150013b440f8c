package dev.keizoku.llm.model;

import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

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
   * Room for {@code capacity} tokens, in the innermost scope of {@code memory}.
   *
   * @param type of the model's parameters
   */
  public KvCache(ModelConfig config, int capacity, DataType type, DeviceMemory memory) {
    this.capacity = capacity;
    for (var layer = 0; layer < config.layers(); layer++) {
      keys.add(memory.empty(type, capacity, config.keyValueHeads(), config.headSize()));
      values.add(memory.empty(type, capacity, config.keyValueHeads(), config.headSize()));
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

  void advance(int tokens) {
    length += tokens;
  }

  /** Appends rows [n, Hkv, d] and gives past and new keys together, [length + n, Hkv, d]. */
  Tensor appendKeys(int layer, Tensor rows) {
    return append(keys.get(layer), rows);
  }

  /** The same for values. */
  Tensor appendValues(int layer, Tensor rows) {
    return append(values.get(layer), rows);
  }

  private Tensor append(Tensor store, Tensor rows) {
    if (length + rows.dim(0) > capacity) {
      throw new IllegalArgumentException(
          "%d tokens do not fit into %d".formatted(length + rows.dim(0), capacity));
    }
    AtenCalls.copy(store.narrow(0, length, rows.dim(0)), rows);
    return store.narrow(0, 0, length + rows.dim(0));
  }
}
