package dev.keizoku.corpus.dedup;

import dev.keizoku.contract.fault.FailedTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Finds near duplicates among ranked documents, those to be kept first. A document goes only when
 * it was compared itself with one that stays: their Jaccard index is 0.8 or more, and all numbers
 * of the one that goes are in the one that stays. A is like B and B like C therefore never drops C
 * for A.
 *
 * <p>Documents are compared where they share a band of their signatures, band by band, with the
 * first 64 that stay there and with all that have the same numbers. Memory: 16 bytes a document.
 * The outcome does not depend on the number of threads.
 */
public final class NearDuplicates {
  /** Why a near duplicate is dropped. */
  public static final String REASON = "nearDuplicate";

  private static final int NONE = -1;
  private static final int TASKS = 256;

  private final int documents;
  private final Prints prints;
  private final int[] targets;
  private final int[] parents;

  /** Where the prints of the documents are. Safe for use from many threads. */
  public interface Prints {
    /**
     * The keys of all documents in one band.
     *
     * @param keys gets them by rank; 0 for a document that is not compared
     */
    void band(int band, long[] keys);

    /** The print of a document, without its bands. */
    TextPrint get(int rank);
  }

  /**
   * @param documents how many; they are called by their rank, 0 to {@code documents - 1}
   * @param prints of them
   */
  public NearDuplicates(int documents, Prints prints) {
    this.documents = documents;
    this.prints = prints;
    targets = new int[documents];
    Arrays.fill(targets, NONE);
    parents = new int[documents];
    Arrays.setAll(parents, rank -> rank);
  }

  /** Compares the documents that share a band. To be called for each band, in order. */
  public void compare(int band, ExecutorService workers) throws InterruptedException {
    var keys = new long[documents];
    prints.band(band, keys);
    // The low bits of a key make room for the rank, so that one sort of longs groups equal keys.
    int rankBits = Math.max(1, 64 - Long.numberOfLeadingZeros(documents));
    long ranks = (1L << rankBits) - 1;
    int compared = 0;
    for (int rank = 0; rank < documents; rank++) {
      if (keys[rank] != 0) {
        keys[compared++] = keys[rank] & ~ranks | rank;
      }
    }
    Arrays.parallelSort(keys, 0, compared);
    var tasks = new ArrayList<Future<List<long[]>>>();
    for (int from = 0; from < compared; ) {
      int to = Math.min(compared, from + Math.max(1, compared / TASKS));
      while (to < compared && (keys[to] | ranks) == (keys[to - 1] | ranks)) {
        to++;
      }
      int begin = from;
      int end = to;
      tasks.add(workers.submit(() -> compare(keys, begin, end, ranks)));
      from = to;
    }
    for (var task : tasks) {
      for (var pair : pairs(task)) {
        join((int) pair[0], (int) pair[1]);
      }
    }
  }

  private static List<long[]> pairs(Future<List<long[]>> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw FailedTask.unchecked(e);
    }
  }

  /** The pairs that are alike in a part of the sorted keys that ends with a group. */
  private List<long[]> compare(long[] keys, int begin, int end, long ranks) {
    var alike = new ArrayList<long[]>();
    for (int from = begin; from < end; ) {
      int to = from + 1;
      while (to < end && (keys[to] | ranks) == (keys[from] | ranks)) {
        to++;
      }
      if (to - from > 1) {
        compareGroup(keys, from, to, ranks, alike);
      }
      from = to;
    }
    return alike;
  }

  private void compareGroup(long[] keys, int from, int to, long ranks, List<long[]> alike) {
    var staying = new StayingDocuments(prints);
    for (int i = from; i < to; i++) {
      int rank = (int) (keys[i] & ranks);
      // Who goes for another one already, by an earlier band, is compared no more.
      if (targets[rank] == NONE) {
        targets[rank] = staying.original(rank, alike);
      }
    }
  }

  /**
   * Decides after all bands.
   *
   * @return for each document the rank of the one that it goes for; -1 for one that stays
   */
  public int[] decide() {
    var gone = new int[documents];
    for (int rank = 0; rank < documents; rank++) {
      int target = targets[rank];
      gone[rank] = target == NONE || gone[target] == NONE ? target : another(rank, gone[target]);
    }
    return gone;
  }

  /** The one that a document was to go for goes itself: that one's original may do. */
  private int another(int rank, int original) {
    var print = prints.get(rank);
    var other = prints.get(original);
    return print.isSimilar(other) && print.hasNumbersWithin(other) ? original : NONE;
  }

  /**
   * The cluster of a document: of all that are alike, whatever their numbers, and of what is alike
   * to those. Templates with other numbers are one cluster, and all of it stays.
   *
   * @return the least rank in it
   */
  public int cluster(int rank) {
    int root = rank;
    while (parents[root] != root) {
      root = parents[root];
    }
    for (int at = rank; parents[at] != root; ) {
      int next = parents[at];
      parents[at] = root;
      at = next;
    }
    return root;
  }

  private void join(int a, int b) {
    int first = cluster(a);
    int second = cluster(b);
    parents[Math.max(first, second)] = Math.min(first, second);
  }
}
