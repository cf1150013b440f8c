package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.kernel.HostAttention;
import dev.keizoku.llm.torch.Tensor;
import java.util.List;

/** Our own kernel for processors; saves the logarithms of the batch's sums of weights. */
final class TiledAttention implements AttentionKernel {

  @Override
  public List<Tensor> forward(Heads heads, Tensor out, List<Segment> segments) {
    return List.of(HostAttention.forward(heads, out, rows(segments)));
  }

  @Override
  public void backward(Heads heads, Forward forward, Tensor gradOut, Heads gradients) {
    HostAttention.backward(
        heads,
        forward.out(),
        forward.saved().getFirst(),
        rows(forward.segments()),
        gradOut,
        gradients);
  }

  private static HostAttention.Segments rows(List<Segment> segments) {
    return new HostAttention.Segments(
        segments.stream().mapToInt(Segment::start).toArray(),
        segments.stream().mapToInt(Segment::length).toArray());
  }
}
