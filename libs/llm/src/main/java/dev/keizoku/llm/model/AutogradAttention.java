package dev.keizoku.llm.model;

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
                true,
                null);
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
        var result =
            AutogradCalls.gradients(
                List.of(
                    HeadViews.query(heads.query(), segment, groups),
                    HeadViews.key(heads.key(), segment, groups),
                    HeadViews.key(heads.value(), segment, groups)),
                inputs ->
                    AttentionCalls.scaledDotProduct(
                        inputs.get(0), inputs.get(1), inputs.get(2), true, null),
                HeadViews.query(gradOut, segment, groups));
        AtenCalls.copy(HeadViews.query(gradients.query(), segment, groups), result.get(0));
        FlashAttention.sumGroups(gradients.key(), segment, result.get(1));
        FlashAttention.sumGroups(gradients.value(), segment, result.get(2));
      }
    }
  }
}
