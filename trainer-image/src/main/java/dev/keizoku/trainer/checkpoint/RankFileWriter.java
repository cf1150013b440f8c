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

/** Writes one rank's state to a local file. */
final class RankFileWriter {
  private static final int CHUNK = 1 << 18;

  private RankFileWriter() {}

  static void write(RankState state, Path file) {
    var buffer = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (var unit = 0; unit < state.units(); unit++) {
        for (var tensor : state.tensors(unit)) {
          write(channel, buffer, tensor, state.elements(unit));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FileChannel channel, ByteBuffer buffer, Tensor tensor, long elements)
      throws IOException {
    for (long done = 0; done < elements; done += CHUNK) {
      var part = Math.min(CHUNK, elements - done);
      try (var scope = tensor.memory().scope()) {
        buffer.clear();
        buffer.asFloatBuffer().put(HostCopy.floats(tensor.narrow(0, done, part)));
        buffer.limit((int) part * Float.BYTES);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }
  }
}
