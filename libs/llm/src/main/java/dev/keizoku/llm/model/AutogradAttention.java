package dev.keizoku.llm.model;

import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.AttentionCalls;
import dev.keizoku.llm.torch.AutogradCalls;
import dev.keizoku.llm.torch.Tensor;
import java.util.List;

/**
 * {@code scaled_dot_product_attention} with its backward pass recorded by ATen, on any device: ATen
 * chooses the kernel. Nothing is kept from the forward pass; the backward pass records again.
 */
final class AutogradAttention implements AttentionKernel {
  private final Tensor mask;

  /**
   * @param mask added to the scores instead of the causal mask, which it must hold: [1, 1, L, L],
   *     of a shorter segment its upper left corner; null for the causal mask alone
   */
  AutogradAttention(Tensor mask) {
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
    var groups = heads.groups();
    for (var segment : segments) {
      try (var scope = out.memory().scope()) {
        var result =
            AttentionCalls.scaledDotProduct(
                HeadViews.query(heads.query(), segment, groups),
                HeadViews.key(heads.key(), segment, groups),
                HeadViews.key(heads.value(), segment, groups),
                mask == null,
                mask(segment, out));
        AtenCalls.copy(HeadViews.query(out, segment, groups), result);
      }
    }
    return List.of();
  }

  @Override
  public void backward(Heads heads, Forward forward, Tensor gradOut, Heads gradients) {
    var groups = heads.groups();
    for (var segment : forward.segments()) {
      try (var scope = gradOut.memory().scope()) {
        var added = mask(segment, gradOut);
        var result =
            AutogradCalls.gradients(
                List.of(
                    HeadViews.query(heads.query(), segment, groups),
                    HeadViews.key(heads.key(), segment, groups),
                    HeadViews.key(heads.value(), segment, groups)),
                inputs ->
                    AttentionCalls.scaledDotProduct(
                        inputs.get(0), inputs.get(1), inputs.get(2), mask == null, added),
                HeadViews.query(gradOut, segment, groups));
        AtenCalls.copy(HeadViews.query(gradients.query(), segment, groups), result.get(0));
        FlashAttention.sumGroups(gradients.key(), segment, result.get(1));
        FlashAttention.sumGroups(gradients.value(), segment, result.get(2));
      }
    }
  }
}
