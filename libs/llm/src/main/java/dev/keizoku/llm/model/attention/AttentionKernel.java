package dev.keizoku.llm.model.attention;

import dev.keizoku.llm.config.SlidingWindow;
import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.kernel.HostAttention;
import dev.keizoku.llm.torch.Tensor;
import java.util.List;

/**
 * Causal attention inside each segment. Queries and results are [T, H, d], keys and values [T, Hkv,
 * d], all as strided views; H is a multiple of Hkv.
 */
public interface AttentionKernel {

  /**
   * The kernel for tensors where {@code like} is, with heads of this size.
   *
   * @param window how many tokens a token sees; {@link SlidingWindow#UNLIMITED} for all
   */
  static AttentionKernel on(Tensor like, int headSize, int window, SequenceContext context) {
    if (!like.memory().isHost()) {
      return new PackedAttention(context.starts(), window);
    }
    if (window != SlidingWindow.UNLIMITED && context.windowMask() != null) {
      return new FlashAttention(context.windowMask());
    }
    return HostAttention.serves(like, headSize) ? new TiledAttention() : new FlashAttention();
  }

  /**
   * Writes the result into {@code out}.
   *
   * @return what {@link #backward} needs, a tensor a segment
   */
  List<Tensor> forward(Heads heads, Tensor out, List<Segment> segments);

  /** Writes the gradients of the three inputs. */
  void backward(Heads heads, Forward forward, Tensor gradOut, Heads gradients);

  /**
   * What the forward pass did.
   *
   * @param out its result
   * @param saved what it returned
   * @param segments what it was given
   */
  record Forward(Tensor out, List<Tensor> saved, List<Segment> segments) {}
}
