package dev.keizoku.llm.kernel;

import dev.keizoku.llm.kernel.CausalAttention.Head;
import dev.keizoku.llm.kernel.CausalAttention.Span;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import java.util.Arrays;

/**
 * Causal attention for tensors in host memory, a task for each segment and key head. Queries are
 * [T, H, h], keys and values [T, Hkv, h], fp32 or bf16, as strided views; H is a multiple of Hkv.
 */
public final class HostAttention {
  private HostAttention() {}

  /** Whether it can be used for tensors where {@code like} is, with heads of this size. */
  public static boolean serves(Tensor like, int headSize) {
    return like.memory().isHost() && HostKernels.AVAILABLE && Tiles.serve(headSize);
  }

  /**
   * Whether {@link PastAttention} can be used.
   *
   * @param host for tensors in host memory
   * @param groups query heads that share a key head
   */
  public static boolean servesPast(boolean host, int headSize, int groups) {
    return host && HostKernels.AVAILABLE && Tiles.serve(headSize) && groups <= Tiles.SIDE;
  }

  /**
   * Segments of the rows.
   *
   * @param starts first row of each
   * @param lengths rows of each
   */
  public record Segments(int[] starts, int[] lengths) {}

  /**
   * Forward pass.
   *
   * @param out result, [T, H, h]
   * @return base 2 logarithm of the sum of the exponentials of each row's scores, [T, H, 1] fp32
   */
  public static Tensor forward(Heads inputs, Tensor out, Segments segments) {
    var query = inputs.query();
    var logSums = query.memory().empty(DataType.FLOAT32, query.dim(0), query.dim(1), 1);
    forEach(
        inputs,
        segments,
        (factors, span, group) -> {
          var key = Rows.head(inputs.key(), group.key);
          new CausalAttention(factors, span, key.columns())
              .run(heads(query, out, logSums, group), key, Rows.head(inputs.value(), group.key));
        });
    return logSums;
  }

  /**
   * Backward pass.
   *
   * @param out result of the forward pass
   * @param logSums what the forward pass returned
   * @param gradOut [T, H, h]
   * @param gradients written
   */
  public static void backward(
      Heads inputs,
      Tensor out,
      Tensor logSums,
      Segments segments,
      Tensor gradOut,
      Heads gradients) {
    forEach(
        inputs,
        segments,
        (factors, span, group) -> {
          var key = Rows.head(inputs.key(), group.key);
          new CausalGradients(factors, span, key.columns())
              .run(
                  heads(inputs.query(), out, logSums, group),
                  heads(gradients.query(), gradOut, logSums, group),
                  key,
                  Rows.head(inputs.value(), group.key),
                  Rows.head(gradients.key(), group.key),
                  Rows.head(gradients.value(), group.key));
        });
  }

  /** Query heads {@code key * size} to {@code (key + 1) * size - 1} share key head {@code key}. */
  private record Group(int key, int size) {}

  private interface Task {
    void run(Factors factors, Span span, Group group);
  }

  private static void forEach(Heads inputs, Segments segments, Task task) {
    var keyHeads = Math.toIntExact(inputs.key().dim(1));
    var size = Math.toIntExact(inputs.groups());
    var factors = Factors.of(inputs.query().type(), Math.toIntExact(inputs.query().dim(2)));
    Workers.forEach(
        segments.starts().length * keyHeads,
        index -> {
          var segment = index / keyHeads;
          try {
            task.run(
                factors,
                new Span(segments.starts()[segment], segments.lengths()[segment]),
                new Group(index % keyHeads, size));
          } finally {
            factors.release();
          }
        });
  }

  private static Head[] heads(Tensor query, Tensor out, Tensor logSums, Group group) {
    var heads = new Head[group.size];
    Arrays.setAll(
        heads,
        i -> {
          var head = group.key * group.size + i;
          return new Head(Rows.head(query, head), Rows.head(out, head), Rows.head(logSums, head));
        });
    return heads;
  }
}
