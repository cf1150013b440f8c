package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.AttentionCalls;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;

/** ATen's flash attention for the CPU; saves the log-sum-exp of each segment. */
final class FlashAttention implements AttentionKernel {
  private final Tensor mask;

  /** The causal mask alone. */
  FlashAttention() {
    this(null);
  }

  /**
   * @param mask added to the scores instead of the causal mask, which it must hold: [1, 1, L, L],
   *     of a shorter segment its upper left corner; null for the causal mask alone
   */
  FlashAttention(Tensor mask) {
    this.mask = mask;
  }

  private Tensor mask(Segment segment, Tensor like) {
    if (mask == null) {
      return null;
    }
    long length = segment.length();
    return mask.narrow(2, 0, length).narrow(3, 0, length).as(like.type());
  }

  @Override
  public List<Tensor> forward(Heads heads, Tensor out, List<Segment> segments) {
    var saved = new ArrayList<Tensor>(segments.size());
    var groups = heads.groups();
    for (var segment : segments) {
      try (var scope = out.memory().scope()) {
        var flash =
            AttentionCalls.flash(
                HeadViews.query(heads.query(), segment, groups),
                HeadViews.key(heads.key(), segment, groups),
                HeadViews.key(heads.value(), segment, groups),
                mask == null,
                mask(segment, out));
        AtenCalls.copy(HeadViews.query(out, segment, groups), flash.output());
        saved.add(scope.keep(flash.logSumExp()));
      }
    }
    return saved;
  }

  @Override
  public void backward(Heads heads, Forward forward, Tensor gradOut, Heads gradients) {
    var groups = heads.groups();
    for (var i = 0; i < forward.segments().size(); i++) {
      var segment = forward.segments().get(i);
      try (var scope = gradOut.memory().scope()) {
        var inputs =
            new Tensor[] {
              HeadViews.query(heads.query(), segment, groups),
              HeadViews.key(heads.key(), segment, groups),
              HeadViews.key(heads.value(), segment, groups)
            };
        var result =
            AttentionCalls.flashBackward(
                HeadViews.query(gradOut, segment, groups),
                inputs,
                HeadViews.query(forward.out(), segment, groups),
                forward.saved().get(i),
                mask == null,
                mask(segment, gradOut));
        AtenCalls.copy(HeadViews.query(gradients.query(), segment, groups), result[0]);
        sumGroups(gradients.key(), segment, result[1]);
        sumGroups(gradients.value(), segment, result[2]);
      }
    }
  }

  // Each query head gave its own gradient of the key head that it shares.
  private static void sumGroups(Tensor target, Segment segment, Tensor source) {
    var view = HeadViews.query(target, segment, 1);
    if (source.dim(0) == 1 && target.dim(1) == source.dim(1)) {
      AtenCalls.copy(view, source);
      return;
    }
    var heads = source.dim(0);
    for (var group = 0; group < source.dim(1); group++) {
      var part = source.narrow(1, group, 1);
      var strides = part.strides();
      var shaped =
          part.asStrided(
              new long[] {1, heads, part.dim(2), part.dim(3)},
              new long[] {0, strides[0], strides[2], strides[3]},
              part.offset());
      if (group == 0) {
        AtenCalls.copy(view, shaped);
      } else {
        AtenCalls.addInPlace(view, shaped, 1);
      }
    }
  }
}
