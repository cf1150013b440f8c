package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.UnreadableFileException;
import dev.keizoku.corpus.reject.RejectReason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.io.input.CloseShieldInputStream;

/** The files in a tar archive, in their order there; links and devices are none. */
final class TarEntries {
  private static final Set<Byte> FILES =
      Set.of(TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG);

  private final Tail tail;
  private final TarArchiveInputStream tar;
  private int entries;

  TarEntries(InputStream in) {
    tail = new Tail(in);
    tar = new TarArchiveInputStream(tail);
  }

  /**
   * A file, to be opened before the next one is asked for.
   *
   * @param name without {@code ./} before it
   */
  record Entry(String name, long bytes, TarArchiveInputStream tar) {
    InputStream open() throws IOException {
      ArchiveKind.requireWithin(name);
      return CloseShieldInputStream.wrap(tar);
    }
  }

  /**
   * The next file; null at the end.
   *
   * @throws UnreadableFileException where the archive breaks off, or is none
   */
  Entry next() throws UnreadableFileException {
    for (TarArchiveEntry entry; (entry = nextOfAny()) != null; ) {
      if (++entries > ArchiveKind.MAX_ENTRIES) {
        throw ArchiveKind.tooManyEntries();
      }
      if (FILES.contains(entry.getLinkFlag()) && !ArchiveKind.isHidden(entry.getName())) {
        return new Entry(entry.getName().replaceFirst("^(?:\\./)+", ""), entry.getSize(), tar);
      }
    }
    if (!tail.endsInZeros()) {
      throw new UnreadableFileException(RejectReason.DAMAGED, "it breaks off");
    }
    return null;
  }

  private TarArchiveEntry nextOfAny() throws UnreadableFileException {
    try {
      return tar.getNextEntry();
    } catch (IOException | RuntimeException e) {
      throw UnreadableFileException.of(
          e, RejectReason.DAMAGED, "it is not a whole tar archive: " + e.getMessage());
    }
  }

  /** Sees whether the last block was one of zeros, which marks the end of a whole archive. */
  private static final class Tail extends FilterInputStream {
    private long zeros;

    Tail(InputStream in) {
      super(in);
    }

    boolean endsInZeros() {
      return zeros >= TarConstants.DEFAULT_RCDSIZE;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      for (int i = offset; i < offset + n; i++) {
        zeros = buffer[i] == 0 ? zeros + 1 : 0;
      }
      return n;
    }

    @Override
    public long skip(long bytes) throws IOException {
      zeros = 0;
      return super.skip(bytes);
    }
  }
}
