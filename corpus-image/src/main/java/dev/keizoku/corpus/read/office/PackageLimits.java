package dev.keizoku.corpus.read.office;

import dev.keizoku.corpus.read.file.RawFile;
import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipInputStream;

/** What an office document may unpack to: it is a zip, and its parts are read into memory. */
final class PackageLimits {
  private static final int MOST_PARTS = 10_000;
  private static final long MOST_BYTES = 512L << 20;

  /** Sheets are read as they come; other parts become trees of ten times their size. */
  private static final long LARGEST_PART = RawFile.MAX_WHOLE_BYTES / 2;

  /** Characters that a document's sheets may show: a string that is kept once is shown often. */
  static final int MOST_CHARACTERS = RawFile.MAX_WHOLE_BYTES;

  private PackageLimits() {}

  /**
   * Unpacks all once, without keeping it.
   *
   * @throws UnreadableFileException when it is too much
   */
  static void require(byte[] zip) throws IOException {
    long bytes = 0;
    int parts = 0;
    try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (var part = in.getNextEntry(); part != null; part = in.getNextEntry()) {
        boolean tree = part.getName().endsWith(".xml") && !part.getName().contains("/worksheets/");
        long size = size(in, tree ? LARGEST_PART : MOST_BYTES - bytes);
        bytes += size;
        if (++parts > MOST_PARTS) {
          throw new UnreadableFileException(
              RejectReason.UNSAFE_ARCHIVE, "it has more than " + MOST_PARTS + " parts");
        }
      }
    }
  }

  private static long size(InputStream part, long most) throws IOException {
    var buffer = new byte[1 << 16];
    long size = 0;
    for (int n; (n = part.read(buffer)) >= 0; ) {
      size += n;
      if (size > most) {
        throw new UnreadableFileException(
            RejectReason.TOO_LARGE, "it unpacks to more than is read at once");
      }
    }
    return size;
  }

  static UnreadableFileException tooMuchText() {
    return new UnreadableFileException(
        RejectReason.TOO_LARGE,
        "its sheets show more than %d Mi characters".formatted(MOST_CHARACTERS >> 20));
  }
}
