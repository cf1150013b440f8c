package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Tiles.SIDE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Arithmetic on tiles of scores, [SIDE, SIDE] fp32: queries down, keys across. Exponentials are
 * powers of 2, so a score's factor holds log2(e) and logarithms here are those of base 2.
 */
final class Scores {
  static final long TILE = (long) SIDE * SIDE * Float.BYTES;

  private static final FloatVector HIDDEN = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
  private static final double LOG2_E = 1 / Math.log(2);

  private Scores() {}

  /** What a score is multiplied with before it is a power of 2. */
  static float factor(int headSize) {
    return (float) (LOG2_E / Math.sqrt(headSize));
  }

  private static long at(long tile, int r, int c) {
    return tile + ((long) r * SIDE + c) * Float.BYTES;
  }

  /** Hides, in a tile on the diagonal, from each query the keys after its own. */
  static void hideLater(long tile) {
    for (var r = 0; r < SIDE; r++) {
      for (var c = r / LANES * LANES; c < SIDE; c += LANES) {
        var at = at(tile, r, c);
        Tiles.store(HIDDEN.blend(Tiles.load(at), FLOATS.indexInRange(c, r + 1)), at);
      }
    }
  }

  /**
   * Row {@code r} of tiles side by side becomes powers of 2, the greatest 1.
   *
   * @param last number of the last tile
   * @param sum place {@code r} gets the sum of the row
   * @return the logarithm of the sum of the powers of the scores themselves
   */
  static float softmax(long tiles, int last, int r, float factor, float[] sum) {
    var shift = max(tiles, last, r) * factor;
    var sums = FloatVector.zero(FLOATS);
    for (var j = 0; j <= last; j++) {
      for (var c = 0; c < SIDE; c += LANES) {
        var at = at(tiles + j * TILE, r, c);
        var power = RowMath.exp2(scaled(at, factor, -shift));
        Tiles.store(power, at);
        sums = sums.add(power);
      }
    }
    sum[r] = RowMath.sum(sums);
    return (float) (shift + Math.log(sum[r]) * LOG2_E);
  }

  private static FloatVector scaled(long at, float factor, float shift) {
    return Tiles.load(at)
        .fma(FloatVector.broadcast(FLOATS, factor), FloatVector.broadcast(FLOATS, shift));
  }

  private static float max(long tiles, int last, int r) {
    // Begun with a vector from memory: merged with a constant, every one would be an object.
    var max = Tiles.load(at(tiles, r, 0));
    for (var j = 0; j <= last; j++) {
      for (var c = 0; c < SIDE; c += LANES) {
        var next = Tiles.load(at(tiles + j * TILE, r, c));
        // The vectors' own maximum also looks for NaN and signed zeros, at five times the cost.
        max = max.blend(next, next.compare(VectorOperators.GT, max));
      }
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /**
   * Row {@code r} of a tile of scores becomes weights, and of the weights' gradients those of the
   * scores: {@code weight (gradient - inner) / sqrt(head size)}.
   *
   * @param logarithm what {@link #softmax} gave for the row
   * @param inner inner product of the row's result and its gradient
   */
  static void gradients(
      long scores, long gradients, int r, float logarithm, float inner, int headSize) {
    var factor = factor(headSize);
    var root = (float) (1 / Math.sqrt(headSize));
    for (var c = 0; c < SIDE; c += LANES) {
      var weight = RowMath.exp2(scaled(at(scores, r, c), factor, -logarithm));
      Tiles.store(weight, at(scores, r, c));
      var gradient = scaled(at(gradients, r, c), root, -inner * root).mul(weight);
      Tiles.store(gradient, at(gradients, r, c));
    }
  }
}
