package dev.keizoku.trainer.data;

import java.util.Arrays;

/**
 * Which corpus each sequence is drawn from. The shares are kept as closely as whole sequences allow
 * at every moment, without chance: the next one comes from the corpus that is furthest behind.
 */
final class Mixture {
  private final double[] shares;
  private final long[] drawn;
  private long total;

  /**
   * @param weights above 0, need not sum to 1
   */
  Mixture(double... weights) {
    var sum = Arrays.stream(weights).sum();
    shares = Arrays.stream(weights).map(w -> w / sum).toArray();
    drawn = new long[weights.length];
  }

  /** Share of a source, 0 to 1. */
  double share(int source) {
    return shares[source];
  }

  /** The next draw: which source, and how many were drawn from it before. */
  Draw next() {
    total++;
    var furthest = 0;
    for (var i = 1; i < shares.length; i++) {
      if (behind(i) > behind(furthest)) {
        furthest = i;
      }
    }
    return new Draw(furthest, drawn[furthest]++);
  }

  private double behind(int source) {
    return total * shares[source] - drawn[source];
  }

  /**
   * One draw.
   *
   * @param source which corpus
   * @param number how many came from it before
   */
  record Draw(int source, long number) {}
}
