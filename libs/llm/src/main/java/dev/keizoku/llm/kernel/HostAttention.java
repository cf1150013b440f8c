package dev.keizoku.llm.kernel;

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
   * @return log-sum-exp of each row's scores, [T, H, 1] fp32
   */
  public static Tensor forward(Heads inputs, Tensor out, Segments segments) {
    var query = inputs.query();
    var logSumExp = query.memory().empty(DataType.FLOAT32, query.dim(0), query.dim(1), 1);
    forEach(
        inputs,
        segments,
        (attention, group) ->
            attention.forward(
                heads(query, out, logSumExp, group),
                Rows.head(inputs.key(), group.key),
                Rows.head(inputs.value(), group.key)));
    return logSumExp;
  }

  /**
   * Backward pass.
   *
   * @param out result of the forward pass
   * @param logSumExp what the forward pass returned
   * @param gradOut [T, H, h]
   * @param gradients written
   */
  public static void backward(
      Heads inputs,
      Tensor out,
      Tensor logSumExp,
      Segments segments,
      Tensor gradOut,
      Heads gradients) {
    forEach(
        inputs,
        segments,
        (attention, group) ->
            attention.backward(
                heads(inputs.query(), out, logSumExp, group),
                heads(gradients.query(), gradOut, logSumExp, group),
                Rows.head(inputs.key(), group.key),
                Rows.head(inputs.value(), group.key),
                Rows.head(gradients.key(), group.key),
                Rows.head(gradients.value(), group.key)));
  }

  /** Query heads {@code key * size} to {@code (key + 1) * size - 1} share key head {@code key}. */
  private record Group(int key, int size) {}

  private interface Task {
    void run(CausalAttention attention, Group group);
  }

  private static void forEach(Heads inputs, Segments segments, Task task) {
    var keyHeads = Math.toIntExact(inputs.key().dim(1));
    var size = Math.toIntExact(inputs.groups());
    Workers.forEach(
        segments.starts().length * keyHeads,
        index -> {
          var segment = index / keyHeads;
          task.run(
              new CausalAttention(segments.starts()[segment], segments.lengths()[segment]),
              new Group(index % keyHeads, size));
        });
  }

  private static CausalAttention.Head[] heads(
      Tensor query, Tensor out, Tensor logSumExp, Group group) {
    var heads = new CausalAttention.Head[group.size];
    Arrays.setAll(
        heads,
        i -> {
          var head = group.key * group.size + i;
          return new CausalAttention.Head(
              Rows.head(query, head), Rows.head(out, head), Rows.head(logSumExp, head));
        });
    return heads;
  }
}
