package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Tiles.SIDE;

import dev.keizoku.llm.torch.TileProduct;
import dev.keizoku.llm.torch.TileProduct.Size;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Causal attention of one segment and one key head in tiles of fp32, without the half of the scores
 * that nobody sees. Source: Dao et al. 2022, "FlashAttention", algorithms 1 and 4; all keys of a
 * block of queries are scored before its softmax, as they fit the cache.
 *
 * @param start first row of the segment
 * @param length its rows, L
 */
record CausalAttention(long start, int length) {
  private static final long TILE = (long) SIDE * SIDE * Float.BYTES;
  private static final FloatVector HIDDEN = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);

  private int blocks() {
    return (length + SIDE - 1) / SIDE;
  }

  private int rowsOf(int block) {
    return Math.min(SIDE, length - block * SIDE);
  }

  private static float factor(int headSize) {
    return (float) (1 / Math.sqrt(headSize));
  }

  /**
   * A query head and what belongs to it; rows are the tokens of the batch.
   *
   * @param query or its gradient
   * @param out result, or its gradient
   * @param logSumExp [T] fp32, a column of one
   */
  record Head(Rows query, Rows out, Rows logSumExp) {}

  /** Writes each head's {@code out} and {@code logSumExp}. */
  void forward(Head[] heads, Rows key, Rows value) {
    var d = key.columns();
    var block = (long) SIDE * d;
    var tiles = Tiles.withRoomFor(2 * blocks() * block + 2 * block + blocks() * TILE / 4);
    var keys = tiles.take(blocks() * block);
    var values = tiles.take(blocks() * block);
    var query = tiles.take(block);
    var result = tiles.take(block);
    var scores = tiles.take(blocks() * TILE / Float.BYTES);
    var bytes = block * Float.BYTES;
    load(tiles, key, 1, new Blocks(0, keys));
    load(tiles, value, 1, new Blocks(values, 0));
    var score = new Size(SIDE, d, SIDE);
    var mix = new Size(SIDE, SIDE, d);
    var sums = new float[SIDE];
    var logs = new float[1];
    for (var head : heads) {
      for (var i = 0; i < blocks(); i++) {
        var first = start + (long) i * SIDE;
        tiles.load(head.query(), first, rowsOf(i), factor(d), query, 0);
        for (var j = 0; j <= i; j++) {
          TileProduct.multiply(score, query, keys + j * bytes, scores + j * TILE, false);
        }
        hideLater(scores + i * TILE);
        for (var r = 0; r < rowsOf(i); r++) {
          var max = max(scores, i, r);
          sums[r] = exp(scores, i, r, max);
          logs[0] = (float) (max + Math.log(sums[r]));
          head.logSumExp().write(first + r, logs);
        }
        for (var j = 0; j <= i; j++) {
          TileProduct.multiply(mix, scores + j * TILE, values + j * bytes, result, j > 0);
        }
        for (var r = 0; r < rowsOf(i); r++) {
          tiles.write(head.out(), first + r, result, r, 1 / sums[r]);
        }
      }
    }
  }

  // Queries are rows, keys columns: a query sees no key after its own.
  private static void hideLater(long tile) {
    for (var r = 0; r < SIDE; r++) {
      for (var c = r / LANES * LANES; c < SIDE; c += LANES) {
        var at = tile + ((long) r * SIDE + c) * Float.BYTES;
        Tiles.store(HIDDEN.blend(Tiles.load(at), FLOATS.indexInRange(c, r + 1)), at);
      }
    }
  }

  private static float max(long scores, int last, int r) {
    // Begun with a vector from memory: merged with a constant, every one would be an object.
    var max = Tiles.load(scores + (long) r * SIDE * Float.BYTES);
    for (var j = 0; j <= last; j++) {
      var at = scores + j * TILE + (long) r * SIDE * Float.BYTES;
      for (var c = 0; c < SIDE; c += LANES) {
        max = max.max(Tiles.load(at + (long) c * Float.BYTES));
      }
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  private static float exp(long scores, int last, int r, float max) {
    var sum = FloatVector.zero(FLOATS);
    for (var j = 0; j <= last; j++) {
      var at = scores + j * TILE + (long) r * SIDE * Float.BYTES;
      for (var c = 0; c < SIDE; c += LANES) {
        var e = RowMath.exp(Tiles.load(at + (long) c * Float.BYTES).sub(max));
        Tiles.store(e, at + (long) c * Float.BYTES);
        sum = sum.add(e);
      }
    }
    return RowMath.sum(sum);
  }

  /**
   * Writes the gradients.
   *
   * @param heads of the forward pass
   * @param gradients gradients of each head's query (written) and result (read); no log-sum-exp
   * @param gradKey written
   * @param gradValue written
   */
  void backward(
      Head[] heads, Head[] gradients, Rows key, Rows value, Rows gradKey, Rows gradValue) {
    var d = key.columns();
    var all = (long) blocks() * SIDE * d;
    var tiles = Tiles.withRoomFor(10 * all + 2 * TILE / Float.BYTES + 2L * blocks() * SIDE);
    var keys = new Blocks(tiles.take(all), tiles.take(all));
    var values = new Blocks(tiles.take(all), 0);
    load(tiles, key, 1, keys);
    load(tiles, value, 1, values);
    var work =
        new Work(
            keys,
            values,
            new Blocks(tiles.take(all), tiles.take(all)),
            new Blocks(tiles.take(all), tiles.take(all)),
            tiles.takeZeros(all),
            tiles.takeZeros(all),
            tiles.take(TILE / Float.BYTES),
            tiles.take(TILE / Float.BYTES),
            tiles.take((long) blocks() * SIDE),
            tiles.take((long) blocks() * SIDE));
    var gradQuery = tiles.take(all);
    for (var h = 0; h < heads.length; h++) {
      load(tiles, heads[h].query(), factor(d), work.queries);
      load(tiles, gradients[h].out(), 1, work.gradOut);
      columns(heads[h], gradients[h].out(), work);
      backward(work, gradQuery, d);
      for (var i = 0; i < blocks(); i++) {
        tiles.writeTurned(
            gradients[h].query(),
            start + (long) i * SIDE,
            rowsOf(i),
            gradQuery + (long) i * SIDE * d * Float.BYTES,
            factor(d));
      }
    }
    for (var t = 0; t < length; t++) {
      tiles.write(gradKey, start + t, work.gradKey, t, 1);
      tiles.write(gradValue, start + t, work.gradValue, t, 1);
    }
  }

  /**
   * Addresses of the blocks of a segment; 0 for nowhere.
   *
   * @param across [blocks, SIDE, d]
   * @param down [blocks, d, SIDE]
   */
  private record Blocks(long across, long down) {}

  private record Work(
      Blocks keys,
      Blocks values,
      Blocks queries,
      Blocks gradOut,
      long gradKey,
      long gradValue,
      long weights,
      long gradScores,
      long logSumExp,
      long inner) {}

  private void load(Tiles tiles, Rows rows, float factor, Blocks blocks) {
    var bytes = (long) SIDE * rows.columns() * Float.BYTES;
    for (var i = 0; i < blocks(); i++) {
      tiles.load(
          rows,
          start + (long) i * SIDE,
          rowsOf(i),
          factor,
          blocks.across == 0 ? 0 : blocks.across + i * bytes,
          blocks.down == 0 ? 0 : blocks.down + i * bytes);
    }
  }

  // For each query its log-sum-exp and the inner product of its result with the result's gradient.
  private void columns(Head head, Rows gradOut, Work work) {
    var out = head.out().array();
    var gradient = gradOut.array();
    var value = new float[1];
    for (var t = 0; t < blocks() * SIDE; t++) {
      var inner = 0f;
      // Beyond the segment every weight is exp(-infinity) = 0.
      value[0] = Float.POSITIVE_INFINITY;
      if (t < length) {
        head.out().read(start + t, out);
        gradOut.read(start + t, gradient);
        inner = RowMath.dot(out, gradient);
        head.logSumExp().read(start + t, value);
      }
      Tiles.set(work.inner + (long) t * Float.BYTES, inner);
      Tiles.set(work.logSumExp + (long) t * Float.BYTES, value[0]);
    }
  }

  // Scores are held with keys as rows: then no tile has to be turned.
  private void backward(Work work, long gradQuery, int d) {
    var bytes = (long) SIDE * d * Float.BYTES;
    var score = new Size(SIDE, d, SIDE);
    var mix = new Size(SIDE, SIDE, d);
    var back = new Size(d, SIDE, SIDE);
    for (var j = 0; j < blocks(); j++) {
      var kj = j * bytes;
      for (var i = j; i < blocks(); i++) {
        var qi = i * bytes;
        TileProduct.multiply(
            score, work.keys.across + kj, work.queries.down + qi, work.weights, false);
        TileProduct.multiply(
            score, work.values.across + kj, work.gradOut.down + qi, work.gradScores, false);
        var column = (long) i * SIDE * Float.BYTES;
        gradScores(work, column, i == j);
        TileProduct.multiply(
            mix, work.weights, work.gradOut.across + qi, work.gradValue + kj, true);
        TileProduct.multiply(
            mix, work.gradScores, work.queries.across + qi, work.gradKey + kj, true);
        TileProduct.multiply(back, work.keys.down + kj, work.gradScores, gradQuery + qi, j > 0);
      }
    }
  }

  // weights = exp(scores - logSumExp), gradScores = weights (gradWeights - inner).
  private static void gradScores(Work work, long column, boolean diagonal) {
    for (var r = 0; r < SIDE; r++) {
      for (var c = 0; c < SIDE; c += LANES) {
        var at = ((long) r * SIDE + c) * Float.BYTES;
        var query = column + (long) c * Float.BYTES;
        var weight =
            RowMath.exp(Tiles.load(work.weights + at).sub(Tiles.load(work.logSumExp + query)));
        if (diagonal && c < r) {
          weight = weight.blend(0, FLOATS.indexInRange(c, r));
        }
        Tiles.store(weight, work.weights + at);
        var gradient =
            Tiles.load(work.gradScores + at).sub(Tiles.load(work.inner + query)).mul(weight);
        Tiles.store(gradient, work.gradScores + at);
      }
    }
  }
}
