package dev.keizoku.corpus.versions;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.dedup.EarlierPairs;
import dev.keizoku.corpus.dedup.MinHash;
import dev.keizoku.corpus.tokenize.BoundedTasks;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * The signatures of a version's documents.
 *
 * @param columns of {@link SplitBands} by their number
 */
record VersionBands(IntFunction<int[]> columns) {

  /**
   * Those of a version: as it kept them, else made anew of its texts.
   *
   * @throws RunFault user error {@code DigestMismatch} for a file that is not what the version
   *     wrote
   */
  static VersionBands of(VersionTables tables, KeptTexts texts) throws IOException {
    var manifest = tables.manifest();
    int documents = Math.toIntExact(manifest.train().documents() + manifest.heldOut().documents());
    var kept = tables.file(SplitBands.PATH);
    if (kept.isPresent()) {
      return new VersionBands(column -> read(kept.get(), documents, column));
    }
    var columns = new int[SplitBands.COLUMNS][documents];
    texts.read(row -> true, row -> put(row, columns));
    return new VersionBands(column -> columns[column]);
  }

  private static int[] read(Path file, int documents, int column) {
    var ints = new int[documents];
    var bytes = new byte[Math.multiplyExact(documents, Integer.BYTES)];
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek((long) column * bytes.length);
      in.readFully(bytes);
    } catch (IOException e) {
      throw BoundedTasks.scratchFailed(e);
    }
    ByteBuffer.wrap(bytes).asIntBuffer().get(ints);
    return ints;
  }

  private static void put(KeptTexts.Row row, int[][] columns) {
    columns[0][row.number()] = row.print().numbersHash();
    for (int band = 0; row.print().isCompared() && band < MinHash.BANDS; band++) {
      columns[1 + band][row.number()] = EarlierPairs.kept(row.print().bands()[band]);
    }
  }

  int[] numbers() {
    return columns.apply(0);
  }

  int[] band(int band) {
    return columns.apply(1 + band);
  }
}
