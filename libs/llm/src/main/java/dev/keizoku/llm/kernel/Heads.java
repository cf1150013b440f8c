package dev.keizoku.llm.kernel;

import dev.keizoku.llm.torch.Tensor;

/**
 * What attention takes, or the gradients of that. H is a multiple of Hkv.
 *
 * @param query [T, H, h]
 * @param key [T, Hkv, h]
 * @param value [T, Hkv, h]
 */
public record Heads(Tensor query, Tensor key, Tensor value) {

  /** Query heads that share one key head. */
  public long groups() {
    return query.dim(1) / key.dim(1);
  }
}
