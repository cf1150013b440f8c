package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Scores.TILE;
import static dev.keizoku.llm.kernel.Tiles.SIDE;

import dev.keizoku.llm.torch.TileProduct.Size;

/**
 * Causal attention of one segment and one key head in tiles, without the half of the scores that
 * nobody sees. Source: Dao et al. 2022, "FlashAttention", algorithm 1; all keys of a block of
 * queries are scored before its softmax, as they fit the cache. Its gradients: {@link
 * CausalGradients}.
 */
final class CausalAttention {
  private final Factors factors;
  private final Span span;
  private final int d;
  private final Tiles tiles;
  private final long block;
  // [blocks, d, SIDE] and [blocks, SIDE, d], right factors.
  private final long keys;
  private final long values;
  // [SIDE, d] left factor.
  private final long query;
  // [SIDE, d] fp32.
  private final long result;
  // [blocks, SIDE, SIDE] fp32.
  private final long scores;
  // A tile as factor.
  private final long weights;

  /**
   * A segment of the batch.
   *
   * @param start its first row
   * @param length its rows, L
   */
  record Span(long start, int length) {

    int blocks() {
      return (length + SIDE - 1) / SIDE;
    }

    int rowsOf(int block) {
      return Math.min(SIDE, length - block * SIDE);
    }

    long first(int block) {
      return start + (long) block * SIDE;
    }
  }

  /**
   * A query head and what belongs to it; rows are the tokens of the batch.
   *
   * @param query or its gradient
   * @param out result, or its gradient
   * @param logSums [T] fp32, a column of one; see {@link Scores#softmax}
   */
  record Head(Rows query, Rows out, Rows logSums) {}

  CausalAttention(Factors factors, Span span, int headSize) {
    this.factors = factors;
    this.span = span;
    d = headSize;
    block = (long) SIDE * d * factors.bytes();
    var product = (long) SIDE * d * Float.BYTES;
    var blocks = span.blocks();
    tiles = Tiles.withRoomFor((2L * blocks + 1) * block + product + (blocks + 1) * TILE);
    keys = tiles.take(blocks * block);
    values = tiles.take(blocks * block);
    query = tiles.take(block);
    result = tiles.take(product);
    scores = tiles.take(blocks * TILE);
    weights = tiles.take(TILE);
  }

  /** Writes each head's {@code out} and {@code logSums}. */
  void run(Head[] heads, Rows key, Rows value) {
    for (var j = 0; j < span.blocks(); j++) {
      factors.load(key, span.first(j), span.rowsOf(j), query);
      factors.turnRight(tiles, query, d, keys + j * block);
      factors.load(value, span.first(j), span.rowsOf(j), query);
      factors.right(query, d, values + j * block);
    }
    for (var head : heads) {
      for (var i = 0; i < span.blocks(); i++) {
        run(head, i);
      }
    }
  }

  private void run(Head head, int i) {
    var score = new Size(SIDE, d, SIDE);
    factors.load(head.query(), span.first(i), span.rowsOf(i), query);
    for (var j = 0; j <= i; j++) {
      factors.multiply(score, query, keys + j * block, scores + j * TILE, false);
    }
    Scores.hideLater(scores + i * TILE);
    var sums = softmax(head, i);
    var mix = new Size(SIDE, SIDE, d);
    Tiles.zero(result, (long) SIDE * d * Float.BYTES);
    for (var j = 0; j <= i; j++) {
      var left = factors.left(scores + j * TILE, weights);
      factors.multiply(mix, left, values + j * block, result, true);
    }
    for (var r = 0; r < sums.length; r++) {
      sums[r] = 1 / sums[r];
    }
    head.out().write(span.first(i), span.rowsOf(i), result, sums);
  }

  // Weights not yet divided by their sums, which are returned.
  private float[] softmax(Head head, int i) {
    var sums = new float[SIDE];
    var log = new float[1];
    for (var r = 0; r < span.rowsOf(i); r++) {
      log[0] = Scores.softmax(scores, i, r, Scores.factor(d), sums);
      head.logSums().write(span.first(i) + r, log);
    }
    return sums;
  }
}
