package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.torch.Tensor;

/**
 * Heads of a segment as ATen's attention wants them, without copies. Key heads become the batch, so
 * that the query heads that share one are its heads: [Hkv, G, L, d], with a stride of 0 over G for
 * keys. Without sharing, [1, H, L, d].
 */
final class HeadViews {
  private HeadViews() {}

  /** A view of query rows [T, H, d]; {@code groups} query heads share a key head. */
  static Tensor query(Tensor rows, Segment segment, long groups) {
    return view(rows, segment, groups, rows.strides()[1]);
  }

  /** A view of key or value rows [T, Hkv, d]. */
  static Tensor key(Tensor rows, Segment segment, long groups) {
    var strides = rows.strides();
    if (groups == 1) {
      return view(rows, segment, 1, strides[1]);
    }
    return rows.asStrided(
        new long[] {rows.dim(1), groups, segment.length(), rows.dim(2)},
        new long[] {strides[1], 0, strides[0], strides[2]},
        rows.offset() + segment.start() * strides[0]);
  }

  private static Tensor view(Tensor rows, Segment segment, long groups, long headStride) {
    var strides = rows.strides();
    var heads = rows.dim(1);
    var shape =
        groups == 1
            ? new long[] {1, heads, segment.length(), rows.dim(2)}
            : new long[] {heads / groups, groups, segment.length(), rows.dim(2)};
    var outer = groups == 1 ? heads * headStride : groups * headStride;
    return rows.asStrided(
        shape,
        new long[] {outer, headStride, strides[0], strides[2]},
        rows.offset() + segment.start() * strides[0]);
  }
}
