package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.Tensor;

/** Copies and sums of flat tensors, also of different ranks. */
public final class PeerCopies {
  private PeerCopies() {}

  /**
   * Copies part of a peer's flat tensor.
   *
   * @param target of this rank, 1-D
   * @param peer 1-D, any float type
   * @param start first element of {@code peer}
   */
  public static void copy(Tensor target, Tensor peer, long start) {
    try (var scope = target.memory().scope()) {
      var source = target.memory().alias(peer).narrow(0, start, target.elements());
      AtenCalls.copy(target, source);
    }
  }

  /** Adds part of a peer's flat tensor, of any float type, to an fp32 one. */
  public static void add(Tensor target, Tensor peer, long start) {
    var memory = target.memory();
    try (var scope = memory.scope()) {
      var source = memory.alias(peer).narrow(0, start, target.elements());
      if (!peer.memory().device().equals(memory.device())) {
        var staged = memory.empty(peer.type(), target.elements());
        AtenCalls.copy(staged, source);
        source = staged;
      }
      Kernels.on(target).add(target, target, source);
    }
  }
}
