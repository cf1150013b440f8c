package dev.keizoku.corpus.read.archive;

import dev.keizoku.corpus.read.file.Packing;
import dev.keizoku.corpus.read.file.RawFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a source or an entry of an archive, unpacked within its budget. */
final class Member implements RawFile, AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Gives the bytes as they are stored. */
  @FunctionalInterface
  interface Opener {
    InputStream open() throws IOException;
  }

  private final String location;
  private final long packedBytes;
  private final Budget budget;
  private final Opener opener;
  private final Path scratch;
  private InputStream begun;
  private Path copy;

  /**
   * @param budget what it may unpack to; null where nothing is packed
   * @param scratch folder for a copy, when one is asked for
   */
  Member(String location, long packedBytes, Budget budget, Opener opener, Path scratch) {
    this.location = location;
    this.packedBytes = packedBytes;
    this.budget = budget;
    this.opener = opener;
    this.scratch = scratch;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public long packedBytes() {
    return packedBytes;
  }

  @Override
  public byte[] head(int bytes) throws IOException {
    if (begun == null) {
      begun = unpacked();
    }
    begun.mark(bytes);
    var head = begun.readNBytes(bytes);
    begun.reset();
    return head;
  }

  @Override
  public InputStream open() throws IOException {
    var stream = begun == null ? unpacked() : begun;
    begun = null;
    return stream;
  }

  private InputStream unpacked() throws IOException {
    var stored = budget == null ? opener.open() : budget.limit(opener.open());
    var packing = Packing.of(location);
    return new BufferedInputStream(
        packing.isEmpty() ? stored : budget.limit(packing.get().unpack(stored)), BUFFER_BYTES);
  }

  @Override
  public Path onDisk() throws IOException {
    if (copy == null) {
      copy = Damage.file(scratch);
      try (var in = open()) {
        Damage.copy(in, copy);
      }
    }
    return copy;
  }

  @Override
  public void close() throws IOException {
    if (begun != null) {
      begun.close();
    }
    if (copy != null) {
      Files.delete(copy);
    }
  }
}
