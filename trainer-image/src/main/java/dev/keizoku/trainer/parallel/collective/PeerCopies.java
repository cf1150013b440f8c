package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.Tensor;

/** Copies and sums of flat tensors, also of different ranks. */
public final class PeerCopies {
  // On a CPU a sum of two types makes a converted copy of one of them: keep that in the cache.
  private static final long CHUNK_ELEMENTS = 1L << 18;

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
      if (memory.isHost()) {
        addInChunks(target, source);
      } else {
        AtenCalls.addInPlace(target, source, 1);
      }
    }
  }

  private static void addInChunks(Tensor target, Tensor source) {
    for (long done = 0; done < target.elements(); done += CHUNK_ELEMENTS) {
      var length = Math.min(CHUNK_ELEMENTS, target.elements() - done);
      AtenCalls.addInPlace(target.narrow(0, done, length), source.narrow(0, done, length), 1);
    }
  }
}
