package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a file that breaks while it unpacks from a disk that cannot be read. */
final class Damage {
  private Damage() {}

  /** The reject for what an unpacking stream says. */
  static UnreadableFileException of(IOException e) {
    return new UnreadableFileException(RejectReason.DAMAGED, "it is damaged: " + e.getMessage(), e);
  }

  /**
   * A local file, whose own faults are unchecked, so that no unpacking stream's are taken for them.
   */
  static InputStream open(Path local) throws IOException {
    return new FilterInputStream(Files.newInputStream(local)) {
      @Override
      public int read() {
        try {
          return super.read();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        try {
          return super.read(buffer, offset, length);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
