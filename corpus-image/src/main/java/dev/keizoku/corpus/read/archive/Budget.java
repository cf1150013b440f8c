package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a packed file of a source may still unpack to, with all archives within it, counted as it
 * unpacks: its own figures may lie.
 */
final class Budget {
  private static final long MAX_UNPACKED_BYTES = 64L << 30;

  /** Text packs about 5 to 1, repetitive HTML 15 to 1, a bomb 1,000 to 1. */
  private static final long MAX_RATIO = 200;

  private static final long FREE_BYTES = 16 << 20;

  private static final int SKIPPED_BYTES = 1 << 16;

  private long left;

  /**
   * @param packedBytes size of the file as it lies in its source
   */
  Budget(long packedBytes) {
    left = Math.min(MAX_UNPACKED_BYTES, FREE_BYTES + MAX_RATIO * packedBytes);
  }

  private synchronized void take(long bytes) throws UnreadableFileException {
    left -= bytes;
    if (left < 0) {
      throw new UnreadableFileException(
          RejectReason.UNSAFE_ARCHIVE,
          "it unpacks to more than " + MAX_RATIO + " times its size; it is no honest archive");
    }
  }

  /** The stream of what is unpacked; bytes beyond the budget and broken ones are rejects. */
  InputStream limit(InputStream unpacked) {
    return new Limited(unpacked);
  }

  private final class Limited extends FilterInputStream {
    Limited(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n;
      try {
        n = super.read(buffer, offset, length);
      } catch (IOException | RuntimeException e) {
        throw Damage.of(e);
      }
      take(Math.max(n, 0));
      return n;
    }

    /** Streams that have failed say so once more here; the next read will say it. */
    @Override
    public int available() {
      try {
        return super.available();
      } catch (IOException e) {
        return 0;
      }
    }

    /** By reading: what is skipped is unpacked too. */
    @Override
    public long skip(long bytes) throws IOException {
      var skipped = new byte[(int) Math.clamp(bytes, 0, SKIPPED_BYTES)];
      return Math.max(0, read(skipped, 0, skipped.length));
    }
  }
}
