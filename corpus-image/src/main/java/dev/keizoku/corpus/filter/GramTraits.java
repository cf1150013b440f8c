package dev.keizoku.corpus.filter;

/**
 * How much runs of letters repeat themselves, 0 to 1 each. A text is measured in pieces of about
 * 1,000 letters, and the answer is their mean: so a long text is judged as a short one is. What a
 * short text cannot help repeating is not counted.
 *
 * <p>Source: the n-gram rules of Gopher (arXiv 2112.11446, table A1), on letters in place of words.
 *
 * @param top2 letters that the most frequent run of two makes up
 * @param top3 of three
 * @param top4 of four
 * @param duplicate5 letters in runs of five that stood before in their piece
 * @param duplicate10 of ten
 */
public record GramTraits(
    double top2, double top3, double top4, double duplicate5, double duplicate10) {
  private static final int PIECE = 1000;

  /** Times that any run may stand in a piece. */
  private static final int FREE_TIMES = 3;

  /** Repeated letters that a piece may have. */
  private static final int FREE_LETTERS = 30;

  private static final long BASE = 0x9E3779B97F4A7C15L | 1;

  /** A table with twice as many places as a piece has letters. */
  private static final int PLACES = 4 * 1024;

  /**
   * Measures a text.
   *
   * @param letters in their order, without anything between
   * @param count how many of them
   */
  static GramTraits of(char[] letters, int count) {
    int pieces = Math.max(1, (count + PIECE / 2) / PIECE);
    var sums = new double[5];
    var piece = new Piece();
    for (int i = 0; i < pieces; i++) {
      int from = (int) ((long) count * i / pieces);
      int to = (int) ((long) count * (i + 1) / pieces);
      piece.hash(letters, from, to);
      sums[0] += piece.top(2);
      sums[1] += piece.top(3);
      sums[2] += piece.top(4);
      sums[3] += piece.duplicate(5);
      sums[4] += piece.duplicate(10);
    }
    return new GramTraits(
        sums[0] / pieces, sums[1] / pieces, sums[2] / pieces, sums[3] / pieces, sums[4] / pieces);
  }

  /** One piece, and the table in which its runs are counted. */
  private static final class Piece {
    private final long[] hashes = new long[2 * PIECE + 1];
    private final long[] keys = new long[PLACES];
    private final int[] times = new int[PLACES];
    private final int[] used = new int[PLACES];
    private int round;
    private int length;

    void hash(char[] letters, int from, int to) {
      length = to - from;
      for (int i = 0; i < length; i++) {
        hashes[i + 1] = hashes[i] * BASE + letters[from + i] + 1;
      }
    }

    double top(int n) {
      round++;
      long power = power(n);
      int most = 0;
      for (int i = 0; i + n <= length; i++) {
        most = Math.max(most, count(hashes[i + n] - hashes[i] * power));
      }
      return length == 0 ? 0 : Math.min(1, (double) Math.max(0, most - FREE_TIMES) * n / length);
    }

    double duplicate(int n) {
      round++;
      long power = power(n);
      int repeated = 0;
      for (int i = 0; i + n <= length; ) {
        boolean again = count(hashes[i + n] - hashes[i] * power) > 1;
        repeated += again ? n : 0;
        i += again ? n : 1;
      }
      return length == 0 ? 0 : (double) Math.max(0, repeated - FREE_LETTERS) / length;
    }

    private static long power(int n) {
      long power = 1;
      for (int i = 0; i < n; i++) {
        power *= BASE;
      }
      return power;
    }

    /** How often the run was seen in this round, this time included. */
    private int count(long run) {
      int place = (int) ((run * BASE) >>> 52);
      while (used[place] == round && keys[place] != run) {
        place = (place + 1) % PLACES;
      }
      if (used[place] != round) {
        used[place] = round;
        keys[place] = run;
        times[place] = 0;
      }
      return ++times[place];
    }
  }
}
