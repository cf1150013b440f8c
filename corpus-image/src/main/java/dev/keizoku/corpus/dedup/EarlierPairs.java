package dev.keizoku.corpus.dedup;

import java.util.Arrays;

/**
 * Which documents of a build may be near duplicates of which of an earlier version: those that
 * share a band of their signatures. Of a group the first {@value #COMPARED} are paired, and as many
 * with the same numbers: a notice of a template finds its own twin among thousands. Memory: 8 bytes
 * a pair.
 */
public final class EarlierPairs {
  private static final int COMPARED = 16;
  private static final long LOW = 0xFFFF_FFFFL;

  private final NearDuplicates.Prints prints;
  private final int documents;
  private final int[] rowNumbers;
  private long[] pairs = new long[1024];
  private int count;

  /**
   * @param prints of the documents of the build
   * @param documents how many; they are called by their rank
   * @param rowNumbers {@link TextPrint#numbersHash} of the documents of the earlier version
   */
  public EarlierPairs(NearDuplicates.Prints prints, int documents, int[] rowNumbers) {
    this.prints = prints;
    this.documents = documents;
    this.rowNumbers = rowNumbers;
  }

  /** What is kept of a band's key. */
  public static int kept(long key) {
    return (int) (key >>> 32);
  }

  /**
   * Pairs what shares a band.
   *
   * @param rowKeys {@link #kept} of the keys of the earlier version's documents; 0 for none
   */
  public void addBand(int band, int[] rowKeys) {
    var own = new long[documents];
    prints.band(band, own);
    for (int rank = 0; rank < documents; rank++) {
      own[rank] = (long) kept(own[rank]) << 32 | rank;
    }
    var rows = new long[rowKeys.length];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = (long) rowKeys[row] << 32 | row;
    }
    Arrays.parallelSort(own);
    Arrays.parallelSort(rows);
    for (int i = 0, j = 0; i < own.length && j < rows.length; ) {
      long key = own[i] >> 32;
      long other = rows[j] >> 32;
      if (key == other) {
        int ownEnd = end(own, i);
        int rowEnd = end(rows, j);
        if (key != 0) {
          addGroup(Arrays.copyOfRange(own, i, ownEnd), Arrays.copyOfRange(rows, j, rowEnd));
        }
        i = ownEnd;
        j = rowEnd;
      } else if (key < other) {
        i++;
      } else {
        j++;
      }
    }
    Arrays.sort(pairs, 0, count);
    count = distinct();
  }

  private static int end(long[] sorted, int from) {
    int end = from;
    while (end < sorted.length && sorted[end] >> 32 == sorted[from] >> 32) {
      end++;
    }
    return end;
  }

  private void addGroup(long[] own, long[] rows) {
    int first = Math.min(COMPARED, rows.length);
    for (long document : own) {
      for (int i = 0; i < first; i++) {
        add(rows[i], document);
      }
    }
    if (rows.length > COMPARED) {
      addOfSameNumbers(own, rows);
    }
  }

  private void addOfSameNumbers(long[] own, long[] rows) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (long) rowNumbers[(int) rows[i]] << 32 | rows[i] & LOW;
    }
    Arrays.sort(rows);
    for (long document : own) {
      long numbers = prints.get((int) document).numbersHash();
      int place = Arrays.binarySearch(rows, numbers << 32);
      place = place < 0 ? -place - 1 : place;
      int end = Math.min(rows.length, place + COMPARED);
      for (; place < end && rows[place] >> 32 == numbers; place++) {
        add(rows[place], document);
      }
    }
  }

  private void add(long row, long document) {
    if (count == pairs.length) {
      pairs = Arrays.copyOf(pairs, 2 * count);
    }
    pairs[count++] = (row & LOW) << 32 | document & LOW;
  }

  private int distinct() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || pairs[i] != pairs[i - 1]) {
        pairs[kept++] = pairs[i];
      }
    }
    return kept;
  }

  /** The pairs, row in the upper 32 bits and rank in the lower ones, sorted. */
  public long[] pairs() {
    return Arrays.copyOf(pairs, count);
  }
}
