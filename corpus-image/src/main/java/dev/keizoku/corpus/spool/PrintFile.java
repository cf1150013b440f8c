package dev.keizoku.corpus.spool;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.dedup.MinHash;
import dev.keizoku.corpus.dedup.NearDuplicates;
import dev.keizoku.corpus.dedup.TextPrint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The prints of documents on local disk: 112 bytes of bands at a place of their own, so that a band
 * of all documents is read in one go, and about 4 bytes a character beside. Safe for use from many
 * threads.
 */
public final class PrintFile implements AutoCloseable {
  private static final int RECORD = MinHash.BANDS * Long.BYTES;
  private static final int CHUNK = RECORD * 8192;

  private final ScratchFile bands;
  private final ScratchFile shingles;
  private long end;

  /**
   * @param folder an empty one
   */
  public PrintFile(Path folder) throws IOException {
    bands = new ScratchFile(folder.resolve("bands"));
    shingles = new ScratchFile(folder.resolve("shingles"));
  }

  /**
   * Puts a print in; any thread may.
   *
   * @param order of its document
   * @return where it was put, for {@link DocumentEntry#print}
   */
  public long add(long order, TextPrint print) throws IOException {
    var keys = ByteBuffer.allocate(RECORD);
    keys.asLongBuffer().put(print.bands());
    bands.write(keys, order * RECORD);
    int ints = 2 + print.shingles().length + print.numbers().length;
    var bytes = ByteBuffer.allocate(ints * Integer.BYTES);
    bytes
        .asIntBuffer()
        .put(print.shingles().length)
        .put(print.numbers().length)
        .put(print.shingles())
        .put(print.numbers());
    long place;
    synchronized (this) {
      place = end;
      end += bytes.capacity();
    }
    shingles.write(bytes, place);
    return place;
  }

  /** The prints of documents by their position in a list. */
  public NearDuplicates.Prints of(List<DocumentEntry> ranked) {
    long last = ranked.stream().mapToLong(DocumentEntry::order).max().orElse(-1);
    var ranks = new int[Math.toIntExact(last + 1)];
    Arrays.fill(ranks, -1);
    for (int rank = 0; rank < ranked.size(); rank++) {
      ranks[Math.toIntExact(ranked.get(rank).order())] = rank;
    }
    return new NearDuplicates.Prints() {
      @Override
      public void band(int band, long[] keys) {
        try {
          readBand(band, keys, ranks);
        } catch (IOException e) {
          throw failed(e);
        }
      }

      @Override
      public TextPrint get(int rank) {
        try {
          return readPrint(ranked.get(rank).print());
        } catch (IOException e) {
          throw failed(e);
        }
      }
    };
  }

  private static RunFault failed(IOException e) {
    return RunFault.tryAgain(
        Reason.SCRATCH_FAILED, "Cannot read local files: " + e.getMessage() + ".", e);
  }

  private void readBand(int band, long[] keys, int[] ranks) throws IOException {
    for (int from = 0; from < ranks.length; from += CHUNK / RECORD) {
      var chunk = bands.read((long) from * RECORD, CHUNK);
      int records = chunk.limit() / RECORD;
      for (int i = 0; i < records && from + i < ranks.length; i++) {
        if (ranks[from + i] >= 0) {
          keys[ranks[from + i]] = chunk.getLong(i * RECORD + band * Long.BYTES);
        }
      }
    }
  }

  private TextPrint readPrint(long place) throws IOException {
    var head = shingles.read(place, 2 * Integer.BYTES).asIntBuffer();
    var own = new int[head.get()];
    var numbers = new int[head.get()];
    int bytes = (own.length + numbers.length) * Integer.BYTES;
    shingles.read(place + 2 * Integer.BYTES, bytes).asIntBuffer().get(own).get(numbers);
    return new TextPrint(new long[0], own, numbers);
  }

  @Override
  public void close() throws IOException {
    try (bands;
        shingles) {
      // Closing removes them.
    }
  }
}
