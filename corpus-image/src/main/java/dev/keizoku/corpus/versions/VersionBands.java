package dev.keizoku.corpus.versions;

import dev.keizoku.corpus.dedup.EarlierPairs;
import dev.keizoku.corpus.dedup.MinHash;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * The signatures of a version's documents.
 *
 * @param documents how many
 * @param columns of {@link SplitBands} by their number
 */
record VersionBands(int documents, IntFunction<int[]> columns) {

  /** Those of a version: as it kept them, else made anew of its texts. */
  static VersionBands of(ObjectStore store, StoreUri folder, VersionTables tables, KeptTexts texts)
      throws IOException {
    var manifest = tables.manifest();
    int documents = Math.toIntExact(manifest.train().documents() + manifest.heldOut().documents());
    boolean kept = manifest.files().stream().anyMatch(file -> file.path().equals(SplitBands.PATH));
    if (kept) {
      var file = folder.child(SplitBands.PATH);
      return new VersionBands(documents, column -> read(store, file, documents, column));
    }
    var columns = new int[SplitBands.COLUMNS][documents];
    texts.read(row -> true, row -> put(row, columns));
    return new VersionBands(documents, column -> columns[column]);
  }

  private static int[] read(ObjectStore store, StoreUri file, int documents, int column) {
    int bytes = Math.multiplyExact(documents, Integer.BYTES);
    var ints = new int[documents];
    ByteBuffer.wrap(store.readRange(file, (long) column * bytes, bytes)).asIntBuffer().get(ints);
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
