package dev.keizoku.corpus.decontaminate;

import java.util.Arrays;

/**
 * Where each run of so many characters stands in a text: an open hash table of positions, 16 bytes
 * a slot, at most half full. Positions with equal characters are chained. A bit for each of twice
 * as many hashes tells most runs that stand nowhere without a look at the table, which is too large
 * for a processor's cache.
 */
final class GramTable {
  private static final long BASE = 0x9E37_79B9_7F4A_7C15L | 1;
  private static final int NONE = -1;
  private static final int BITS_PER_SLOT = 2;

  private final int size;
  private final long outFactor;
  private final char[] all;
  private final int[] heads;
  private final long[] hashes;
  private final int[] next;
  private final int[] counts;
  private final long[] seen;

  /**
   * @param all the text
   * @param size characters of a run
   * @param capacity most positions that will be added
   */
  GramTable(char[] all, int size, int capacity) {
    this.all = all;
    this.size = size;
    long factor = 1;
    for (int i = 1; i < size; i++) {
      factor *= BASE;
    }
    outFactor = factor;
    int slots = Integer.highestOneBit(Math.max(16, capacity) * 2 - 1) * 2;
    heads = new int[slots];
    hashes = new long[slots];
    counts = new int[slots];
    seen = new long[slots * BITS_PER_SLOT / Long.SIZE];
    next = new int[all.length];
    Arrays.fill(heads, NONE);
    Arrays.fill(next, NONE);
  }

  /** The hash of the first run of a text that is at least as long. */
  long first(FoldedText text) {
    long hash = 0;
    for (int i = 0; i < size; i++) {
      hash = hash * BASE + text.at(i);
    }
    return hash;
  }

  /** The hash of the run that begins one character later than at {@code from}. */
  long roll(long hash, FoldedText text, int from) {
    return (hash - text.at(from) * outFactor) * BASE + text.at(from + size);
  }

  /** Adds the run at a position. */
  void add(int at) {
    long hash = hash(at);
    int bit = bit(hash);
    seen[bit / Long.SIZE] |= 1L << bit;
    int slot = find(hash);
    next[at] = heads[slot];
    heads[slot] = at;
    hashes[slot] = hash;
    counts[slot]++;
  }

  /** How many positions were added with the characters of this one. */
  int count(int at) {
    return counts[find(hash(at))];
  }

  private long hash(int at) {
    long hash = 0;
    for (int i = at; i < at + size; i++) {
      hash = hash * BASE + all[i];
    }
    return hash;
  }

  private int find(long hash) {
    int slot = slot(hash);
    while (heads[slot] != NONE && hashes[slot] != hash) {
      slot = (slot + 1) & (heads.length - 1);
    }
    return slot;
  }

  /** A position of that hash; negative when there is none. The characters may differ. */
  int head(long hash) {
    int bit = bit(hash);
    return (seen[bit / Long.SIZE] & 1L << bit) == 0 ? NONE : heads[find(hash)];
  }

  /** The next position with that one's hash; negative when there is none. */
  int next(int at) {
    return next[at];
  }

  private int slot(long hash) {
    return mixed(hash) & (heads.length - 1);
  }

  private int bit(long hash) {
    return mixed(hash) & (heads.length * BITS_PER_SLOT - 1);
  }

  private static int mixed(long hash) {
    return (int) ((hash ^ hash >>> 29) * 0xBF58_476D_1CE4_E5B9L >>> 33);
  }
}
