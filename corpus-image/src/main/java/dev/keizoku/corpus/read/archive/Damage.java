package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells a file that breaks while it unpacks from a disk that fails: faults of the disk are
 * unchecked, so that nobody takes them for faults of what is read.
 */
final class Damage {
  private static final int BUFFER_BYTES = 1 << 16;

  private Damage() {}

  /** The reject for what an unpacking stream says, or fails by. */
  static UnreadableFileException of(Exception e) {
    return UnreadableFileException.of(e, RejectReason.DAMAGED, "it is damaged: " + e.getMessage());
  }

  /** A local file. */
  static InputStream open(Path local) {
    return new FilterInputStream(unchecked(() -> Files.newInputStream(local))) {
      @Override
      public int read() {
        return unchecked(super::read);
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return unchecked(() -> super.read(buffer, offset, length));
      }
    };
  }

  /** A new local file. */
  static Path file(Path folder) {
    return unchecked(() -> Files.createTempFile(Files.createDirectories(folder), "entry-", null));
  }

  /**
   * Copies what is unpacked to a local file.
   *
   * @throws IOException what the unpacked stream throws
   */
  static void copy(InputStream unpacked, Path local) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    try (var out = unchecked(() -> FileChannel.open(local, StandardOpenOption.WRITE))) {
      for (int n; (n = unpacked.read(buffer)) >= 0; ) {
        for (var bytes = ByteBuffer.wrap(buffer, 0, n); bytes.hasRemaining(); ) {
          unchecked(() -> out.write(bytes));
        }
      }
    }
  }

  private interface Local<T> {
    T access() throws IOException;
  }

  private static <T> T unchecked(Local<T> disk) {
    try {
      return disk.access();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
