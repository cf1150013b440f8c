package dev.keizoku.trainer.checkpoint;

import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.RankState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A checkpoint's files on the local disk: any range of any unit, whoever wrote it. */
final class CheckpointFiles {
  private static final int KINDS = 3;
  private static final int CHUNK = 1 << 20;
  private final CheckpointMetadata metadata;
  private final List<Path> files;

  /**
   * @param files one for each rank of {@code metadata}
   */
  CheckpointFiles(CheckpointMetadata metadata, List<Path> files) {
    this.metadata = metadata;
    this.files = files;
  }

  /** Fills one rank's state; the ranks may be other ones than those that wrote it. */
  void restore(RankState state) {
    for (var unit = 0; unit < state.units(); unit++) {
      var tensors = state.tensors(unit);
      for (var kind = 0; kind < KINDS; kind++) {
        fill(tensors.get(kind), unit, kind, state.start(unit), state.elements(unit));
      }
    }
  }

  private void fill(Tensor target, int unit, int kind, long start, long elements) {
    for (var rank = 0; rank < files.size(); rank++) {
      var slice = metadata.ranks().get(rank);
      var from = Math.max(start, slice.starts().get(unit));
      var to = Math.min(start + elements, slice.starts().get(unit) + slice.lengths().get(unit));
      if (from < to) {
        var position = position(slice, unit, kind) + (from - slice.starts().get(unit));
        copy(files.get(rank), position, target, from - start, to - from);
      }
    }
  }

  // Elements before a unit's tensor of a kind in a rank's file.
  private static long position(CheckpointMetadata.RankFile slice, int unit, int kind) {
    long elements = 0;
    for (var before = 0; before < unit; before++) {
      elements += KINDS * slice.lengths().get(before);
    }
    return elements + kind * slice.lengths().get(unit);
  }

  private static void copy(Path file, long position, Tensor target, long at, long count) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ);
        var scope = target.memory().scope()) {
      for (long done = 0; done < count; done += CHUNK) {
        var values = new float[(int) Math.min(CHUNK, count - done)];
        var buffer =
            ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        var offset = (position + done) * Float.BYTES;
        while (buffer.hasRemaining()) {
          if (channel.read(buffer, offset + buffer.position()) < 0) {
            throw new IllegalStateException(file + " is shorter than its metadata says");
          }
        }
        buffer.flip().asFloatBuffer().get(values);
        HostCopy.write(target, at + done, values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
