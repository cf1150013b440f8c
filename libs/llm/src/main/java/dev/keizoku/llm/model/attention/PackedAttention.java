package dev.keizoku.llm.model.attention;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.SlidingWindow;
import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.PackedAttentionCalls;
import dev.keizoku.llm.torch.PackedAttentionCalls.Documents;
import dev.keizoku.llm.torch.PackedAttentionCalls.Result;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Attention on a CUDA device: one call for all segments, windows included. */
final class PackedAttention implements AttentionKernel {
  private static final int HEAD_MULTIPLE = 8;
  private static final int LARGEST_HEAD = 256;
  private final Tensor starts;
  private final int window;

  /**
   * @param starts of the segments, as {@link SequenceContext#starts} has them
   * @param window how many tokens a token sees; {@link SlidingWindow#UNLIMITED} for all
   */
  PackedAttention(Tensor starts, int window) {
    this.starts = starts;
    this.window = window;
  }

  private Documents documents(List<Segment> segments) {
    var longest = segments.stream().mapToInt(Segment::length).max().orElseThrow();
    return new Documents(starts, longest, longest > window ? window : 0);
  }

  @Override
  public List<Tensor> forward(Heads heads, Tensor out, List<Segment> segments) {
    requireSize(heads.query().dim(2));
    var documents = documents(segments);
    try (var scope = out.memory().scope()) {
      var result =
          out.type() == DataType.BFLOAT16
              ? PackedAttentionCalls.flash(heads.query(), heads.key(), heads.value(), documents)
              : PackedAttentionCalls.efficient(
                  oneBatch(heads.query()),
                  spread(heads.key(), heads.groups()),
                  spread(heads.value(), heads.groups()),
                  documents);
      AtenCalls.copy(out, result.output().view(out.shape()));
      return result.saved().stream().map(scope::keep).toList();
    }
  }

  private static void requireSize(long headSize) {
    if (headSize % HEAD_MULTIPLE != 0 || headSize > LARGEST_HEAD) {
      throw RunFault.userError(
          Reason.MODEL_NOT_SUPPORTED,
          "The model's heads have %d numbers; on a GPU they must have a multiple of %d, %d at most: set deviceType to cpu."
              .formatted(headSize, HEAD_MULTIPLE, LARGEST_HEAD));
    }
  }

  @Override
  public void backward(Heads heads, Forward forward, Tensor gradOut, Heads gradients) {
    var documents = documents(forward.segments());
    try (var scope = gradOut.memory().scope()) {
      if (gradOut.type() == DataType.BFLOAT16) {
        var result =
            PackedAttentionCalls.flashBackward(
                gradOut,
                List.of(heads.query(), heads.key(), heads.value()),
                new Result(forward.out(), forward.saved()),
                documents);
        AtenCalls.copy(gradients.query(), result.get(0));
        AtenCalls.copy(gradients.key(), result.get(1));
        AtenCalls.copy(gradients.value(), result.get(2));
      } else {
        var groups = heads.groups();
        var inputs =
            new ArrayList<>(
                List.of(
                    oneBatch(heads.query()),
                    spread(heads.key(), groups),
                    spread(heads.value(), groups)));
        var result =
            PackedAttentionCalls.efficientBackward(
                oneBatch(gradOut),
                inputs,
                new Result(oneBatch(forward.out()), forward.saved()),
                documents);
        AtenCalls.copy(gradients.query(), result.get(0).view(gradients.query().shape()));
        gather(gradients.key(), result.get(1), groups);
        gather(gradients.value(), result.get(2), groups);
      }
    }
  }

  // [T, H, d] as [1, T, H, d].
  private static Tensor oneBatch(Tensor rows) {
    var strides = rows.strides();
    return rows.asStrided(
        new long[] {1, rows.dim(0), rows.dim(1), rows.dim(2)},
        new long[] {rows.dim(0) * strides[0], strides[0], strides[1], strides[2]},
        rows.offset());
  }

  // Key rows [T, Hkv, d] with a copy for each query head that shares them: [1, T, H, d].
  private static Tensor spread(Tensor rows, long groups) {
    if (groups == 1) {
      return oneBatch(rows);
    }
    var shape = new long[] {rows.dim(0), rows.dim(1), groups, rows.dim(2)};
    var strides = rows.strides();
    var copies = rows.memory().empty(rows.type(), shape);
    AtenCalls.copy(
        copies,
        rows.asStrided(shape, new long[] {strides[0], strides[1], 0, strides[2]}, rows.offset()));
    return copies.view(1, rows.dim(0), rows.dim(1) * groups, rows.dim(2));
  }

  // What each query head gave of the gradient of the key head that it shares, summed.
  private static void gather(Tensor target, Tensor source, long groups) {
    var shape = new long[] {target.dim(0), target.dim(1), groups, target.dim(2)};
    var sum = target.memory().empty(source.type(), target.shape());
    AtenCalls.sum(sum, source.view(shape), 2, false);
    AtenCalls.copy(target, sum);
  }
}
