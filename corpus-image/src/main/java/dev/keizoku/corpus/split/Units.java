package dev.keizoku.corpus.split;

import java.util.Arrays;

/**
 * Which documents are never parted: those of one family (a filing, the pages of one article) and
 * those that are alike. Memory: 20 bytes a document.
 */
public final class Units {
  private final int[] parents;

  /**
   * @param families a number of each document, shared with its family; 0 for one that has none
   * @param clusters the same of its duplicate cluster
   */
  public Units(long[] families, long[] clusters) {
    parents = new int[families.length];
    Arrays.setAll(parents, document -> document);
    joinEqual(families);
    joinEqual(clusters);
  }

  /** How many documents there are. */
  public int documents() {
    return parents.length;
  }

  /** The unit of a document: its first document. */
  public int of(int document) {
    int root = document;
    while (parents[root] != root) {
      root = parents[root];
    }
    for (int at = document; parents[at] != root; ) {
      int next = parents[at];
      parents[at] = root;
      at = next;
    }
    return root;
  }

  private void joinEqual(long[] numbers) {
    // The low bits make room for the document, so that one sort of longs groups equal numbers.
    int bits = Math.max(1, 64 - Long.numberOfLeadingZeros(numbers.length));
    long documents = (1L << bits) - 1;
    var packed = new long[numbers.length];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] != 0) {
        packed[count++] = numbers[i] & ~documents | i;
      }
    }
    Arrays.sort(packed, 0, count);
    for (int i = 1; i < count; i++) {
      if ((packed[i] | documents) == (packed[i - 1] | documents)) {
        join((int) (packed[i] & documents), (int) (packed[i - 1] & documents));
      }
    }
  }

  private void join(int a, int b) {
    int first = of(a);
    int second = of(b);
    parents[Math.max(first, second)] = Math.min(first, second);
  }
}
