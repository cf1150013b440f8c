package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Scores.TILE;
import static dev.keizoku.llm.kernel.Tiles.SIDE;

import dev.keizoku.llm.kernel.CausalAttention.Head;
import dev.keizoku.llm.kernel.CausalAttention.Span;
import dev.keizoku.llm.torch.TileProduct.Size;
import java.util.Arrays;

/**
 * Gradients of {@link CausalAttention}. Source: Dao et al. 2022, "FlashAttention", algorithm 4, a
 * block of queries after another.
 */
final class CausalGradients {
  // Tiles that one kernel makes before the next one's turn: in bf16 a change of kernels costs as
  // much as a product.
  private static final int PANEL = 8;
  private static final float[] ONES = ones();

  private final Factors factors;
  private final Span span;
  private final int d;
  private final Tiles tiles;
  // Bytes of a block of rows as factor, and of a product of that shape.
  private final long block;
  private final long product;
  // [blocks, SIDE, d] and, turned, [blocks, d, SIDE], right factors.
  private final long keys;
  private final long turnedKeys;
  private final long turnedValues;
  // [blocks, d, SIDE] fp32.
  private final long gradKeys;
  private final long gradValues;
  // [SIDE, d] and, turned, [d, SIDE], left factors.
  private final long query;
  private final long gradOut;
  private final long turnedQuery;
  private final long turnedGradOut;
  // [SIDE, d] fp32.
  private final long gradQuery;
  // [PANEL, SIDE, SIDE] fp32.
  private final long scores;
  private final long gradScores;
  // A tile as factor.
  private final long factor;

  CausalGradients(Factors factors, Span span, int headSize) {
    this.factors = factors;
    this.span = span;
    d = headSize;
    block = (long) SIDE * d * factors.bytes();
    product = (long) SIDE * d * Float.BYTES;
    var blocks = span.blocks();
    tiles =
        Tiles.withRoomFor(
            blocks * (3 * block + 2 * product) + 4 * block + product + (2 * PANEL + 1) * TILE);
    keys = tiles.take(blocks * block);
    turnedKeys = tiles.take(blocks * block);
    turnedValues = tiles.take(blocks * block);
    gradKeys = tiles.takeZeros(blocks * product);
    gradValues = tiles.takeZeros(blocks * product);
    query = tiles.take(block);
    gradOut = tiles.take(block);
    turnedQuery = tiles.take(block);
    turnedGradOut = tiles.take(block);
    gradQuery = tiles.take(product);
    scores = tiles.take(PANEL * TILE);
    gradScores = tiles.take(PANEL * TILE);
    factor = tiles.take(TILE);
  }

  private static float[] ones() {
    var ones = new float[SIDE];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Writes the gradients.
   *
   * @param heads of the forward pass
   * @param gradients gradients of each head's query (written) and result (read); no log-sums
   * @param key of the forward pass
   * @param value of the forward pass
   * @param gradKey written
   * @param gradValue written
   */
  void run(Head[] heads, Head[] gradients, Rows key, Rows value, Rows gradKey, Rows gradValue) {
    for (var j = 0; j < span.blocks(); j++) {
      factors.load(key, span.first(j), span.rowsOf(j), query);
      factors.right(query, d, keys + j * block);
      factors.turnRight(tiles, query, d, turnedKeys + j * block);
      factors.load(value, span.first(j), span.rowsOf(j), query);
      factors.turnRight(tiles, query, d, turnedValues + j * block);
    }
    for (var h = 0; h < heads.length; h++) {
      for (var i = 0; i < span.blocks(); i++) {
        run(heads[h], gradients[h], i);
      }
    }
    for (var j = 0; j < span.blocks(); j++) {
      writeTurned(gradKeys + j * product, gradKey, j);
      writeTurned(gradValues + j * product, gradValue, j);
    }
  }

  private void writeTurned(long turned, Rows rows, int j) {
    tiles.turn(turned, d, SIDE, gradQuery);
    rows.write(span.first(j), span.rowsOf(j), gradQuery, ONES);
  }

  private void run(Head head, Head gradient, int i) {
    factors.load(head.query(), span.first(i), span.rowsOf(i), query);
    factors.turnLeft(tiles, query, d, turnedQuery);
    factors.load(gradient.out(), span.first(i), span.rowsOf(i), gradOut);
    factors.turnLeft(tiles, gradOut, d, turnedGradOut);
    Tiles.zero(gradQuery, product);
    var rows = rowValues(head, gradient.out(), i);
    for (var from = 0; from <= i; from += PANEL) {
      panel(from, Math.min(from + PANEL, i + 1), i, rows);
    }
    gradient.query().write(span.first(i), span.rowsOf(i), gradQuery, ONES);
  }

  /**
   * Of each query of a block.
   *
   * @param logSums of the forward pass
   * @param inner inner product of its result and the result's gradient
   */
  private record RowValues(float[] logSums, float[] inner) {}

  private RowValues rowValues(Head head, Rows gradOut, int i) {
    var values = new RowValues(new float[SIDE], new float[SIDE]);
    // Beyond the segment every weight is 2^-infinity = 0.
    Arrays.fill(values.logSums, Float.POSITIVE_INFINITY);
    var out = head.out().array();
    var gradient = gradOut.array();
    var log = new float[1];
    for (var r = 0; r < span.rowsOf(i); r++) {
      head.out().read(span.first(i) + r, out);
      gradOut.read(span.first(i) + r, gradient);
      values.inner[r] = RowMath.dot(out, gradient);
      head.logSums().read(span.first(i) + r, log);
      values.logSums[r] = log[0];
    }
    return values;
  }

  // Key blocks from .. to - 1 of query block i.
  private void panel(int from, int to, int i, RowValues rows) {
    var score = new Size(SIDE, d, SIDE);
    for (var j = from; j < to; j++) {
      var at = (j - from) * TILE;
      factors.multiply(score, query, turnedKeys + j * block, scores + at, false);
      factors.multiply(score, gradOut, turnedValues + j * block, gradScores + at, false);
    }
    if (to == i + 1) {
      Scores.hideLater(scores + (i - from) * TILE);
    }
    for (var j = from; j < to; j++) {
      var at = (j - from) * TILE;
      for (var r = 0; r < SIDE; r++) {
        Scores.gradients(scores + at, gradScores + at, r, rows.logSums[r], rows.inner[r], d);
      }
    }
    var mix = new Size(SIDE, SIDE, d);
    for (var j = from; j < to; j++) {
      var left = factors.left(gradScores + (j - from) * TILE, factor);
      factors.multiply(mix, left, keys + j * block, gradQuery, true);
    }
    var back = new Size(d, SIDE, SIDE);
    for (var j = from; j < to; j++) {
      var at = (j - from) * TILE;
      var weights = factors.right(scores + at, factor);
      factors.multiply(back, turnedGradOut, weights, gradValues + j * product, true);
      var right = factors.right(gradScores + at, factor);
      factors.multiply(back, turnedQuery, right, gradKeys + j * product, true);
    }
  }
}
