package dev.keizoku.trainer.checkpoint;

import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.RankState;
import java.util.function.LongConsumer;

/**
 * The ranks' state in the local copy, little-endian fp32: for each unit the values, the first and
 * the second moments of a rank's slice. It may be read by other ranks than those that wrote it.
 *
 * @param snapshot what is there
 * @param local where it is
 */
record CheckpointFiles(Snapshot snapshot, LocalCopy local) {
  /**
   * Writes one rank's file.
   *
   * @param moved called as it goes on, with how many bytes more
   */
  void write(int rank, RankState state, LongConsumer moved) {
    long at = 0;
    for (var unit = 0; unit < state.units(); unit++) {
      var elements = state.elements(unit);
      for (var tensor : state.tensors(unit)) {
        try (var scope = tensor.memory().scope()) {
          local.write(rank, at, tensor.narrow(0, 0, elements));
        }
        at += elements * Float.BYTES;
        moved.accept(elements * Float.BYTES);
      }
    }
  }

  /**
   * Fills one rank's state.
   *
   * @param moved as {@link #write} calls it
   */
  void restore(RankState state, LongConsumer moved) {
    for (var unit = 0; unit < state.units(); unit++) {
      var tensors = state.tensors(unit);
      for (var kind = 0; kind < Snapshot.KINDS; kind++) {
        fill(tensors.get(kind), unit, kind, state.start(unit), state.elements(unit));
        moved.accept(state.elements(unit) * Float.BYTES);
      }
    }
  }

  private void fill(Tensor target, int unit, int kind, long start, long elements) {
    for (var rank = 0; rank < snapshot.slices().size(); rank++) {
      var slice = snapshot.slices().get(rank);
      long first = slice.starts().get(unit);
      long length = slice.lengths().get(unit);
      var from = Math.max(start, first);
      var to = Math.min(start + elements, first + length);
      if (from < to) {
        var position = Snapshot.elements(slice, unit) + kind * length + (from - first);
        try (var scope = target.memory().scope()) {
          local.read(rank, position * Float.BYTES, target.narrow(0, from - start, to - from));
        }
      }
    }
  }
}
