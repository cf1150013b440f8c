package dev.keizoku.trainer.checkpoint;

import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.parallel.RankState;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The state of ranks that do nothing meanwhile, as the files of its checkpoint: where it lies in
 * host memory nothing has to be copied before it is sent.
 *
 * @param files of each rank, what lies one after another in its file
 */
record IdleState(List<List<MemorySegment>> files) implements FileBytes {

  /** Whether all of it lies in host memory. */
  static boolean isReadable(DataParallelTrainer trainer) {
    return IntStream.range(0, trainer.stateHolders())
        .mapToObj(trainer::state)
        .flatMap(state -> state.tensors(0).stream())
        .allMatch(tensor -> tensor.memory().isHost());
  }

  /** Of the ranks as they are until they work again. */
  static IdleState of(DataParallelTrainer trainer) {
    return new IdleState(
        IntStream.range(0, trainer.stateHolders())
            .mapToObj(rank -> parts(trainer.state(rank)))
            .toList());
  }

  private static List<MemorySegment> parts(RankState state) {
    return IntStream.range(0, state.units())
        .boxed()
        .flatMap(
            unit -> state.tensors(unit).stream().map(tensor -> part(tensor, state.elements(unit))))
        .toList();
  }

  private static MemorySegment part(Tensor tensor, long elements) {
    return HostCopy.segment(tensor).asSlice(0, elements * Float.BYTES);
  }

  @Override
  public void read(int file, long at, ByteBuffer target) {
    var skipped = at;
    for (var part : files.get(file)) {
      if (skipped < part.byteSize() && target.hasRemaining()) {
        var count = (int) Math.min(part.byteSize() - skipped, target.remaining());
        target.put(part.asSlice(skipped, count).asByteBuffer());
        skipped = 0;
      } else if (target.hasRemaining()) {
        skipped -= part.byteSize();
      }
    }
    if (target.hasRemaining()) {
      throw new IllegalStateException("no byte %d in the state of rank %d".formatted(at, file));
    }
  }
}
