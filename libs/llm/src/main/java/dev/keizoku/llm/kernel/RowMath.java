package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Arithmetic on padded arrays; see {@link Rows}. What lies beyond a row is 0 unless said.
 *
 * <p>The bits must not depend on whether a method is compiled yet. So the exponential and the sums
 * over lanes are made of single operations here: the Vector API's own ones may differ by the last
 * bit between interpreter and compiler.
 */
final class RowMath {
  // Below, 2^n would leave the normal numbers; above, the range of fp32.
  private static final float LEAST = -86.5f;
  private static final float GREATEST = 88.3f;
  // Adding it leaves the nearest whole number in the low bits.
  private static final float ROUND = 0x1.8p23f;
  private static final FloatVector ROUND_LANES = FloatVector.broadcast(FLOATS, ROUND);
  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private RowMath() {}

  /**
   * e to the power of each lane, to 2 ulp; 0 below -86.5. Source: Cephes, expf: exp(x) = 2^n
   * exp(r), exp(r) by a polynomial of degree 7.
   */
  static FloatVector exp(FloatVector x) {
    // Not by the vectors' own maximum and minimum, which also look for NaN and signed zeros at five
    // times the cost.
    var below = x.compare(VectorOperators.LT, LEAST);
    var inside = x.blend(LEAST, below).blend(GREATEST, x.compare(VectorOperators.GT, GREATEST));
    var rounded = inside.fma(FloatVector.broadcast(FLOATS, LOG2_E), ROUND_LANES);
    var n = rounded.sub(ROUND);
    var r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), inside);
    r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
    var p = FloatVector.broadcast(FLOATS, 1.9875691500e-4f);
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1.3981999507e-3f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 8.3334519073e-3f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 4.1665795894e-2f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1.6666665459e-1f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 5.0000001201e-1f));
    p = p.fma(r.mul(r), r).add(1);
    var power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    var result = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    return result.blend(0, below);
  }

  /**
   * 2 to the power of each lane, to 2 ulp; 0 below -126. Lanes must be below 127. Source: Cephes,
   * exp2f.
   */
  static FloatVector exp2(FloatVector x) {
    var below = x.compare(VectorOperators.LT, -126f);
    var inside = x.blend(-126f, below);
    var rounded = inside.add(ROUND_LANES);
    var r = inside.sub(rounded.sub(ROUND_LANES));
    var p = FloatVector.broadcast(FLOATS, 1.535336188e-4f);
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1.339887440e-3f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 9.618437358e-3f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 5.550332471e-2f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 2.402264791e-1f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 6.931472029e-1f));
    p = p.fma(r, FloatVector.broadcast(FLOATS, 1));
    var power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(power).reinterpretAsFloats().blend(0, below);
  }

  /** Sum of the lanes, always in the same order. */
  static float sum(FloatVector lanes) {
    var sum = 0f;
    for (var value : lanes.toArray()) {
      sum += value;
    }
    return sum;
  }

  static FloatVector at(float[] values, int i) {
    return FloatVector.fromArray(FLOATS, values, i);
  }

  /** Sum of {@code a[i] b[i]}. */
  static float dot(float[] a, float[] b) {
    var sum = FloatVector.zero(FLOATS);
    for (var i = 0; i < a.length; i += LANES) {
      sum = at(a, i).fma(at(b, i), sum);
    }
    return sum(sum);
  }

  /** {@code sum += a}. */
  static void add(float[] sum, float[] a) {
    for (var i = 0; i < sum.length; i += LANES) {
      at(sum, i).add(at(a, i)).intoArray(sum, i);
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  static FloatVector sigmoid(FloatVector x) {
    var one = FloatVector.broadcast(FLOATS, 1);
    return one.div(exp(x.neg()).add(one));
  }

  /** The greatest element; what lies beyond the row must be no greater. */
  static float max(float[] x) {
    var max = at(x, 0);
    for (var i = LANES; i < x.length; i += LANES) {
      max = max.max(at(x, i));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  /** {@code x = exp(x - shift)}; returns the sum. */
  static float exp(float[] x, float shift) {
    var sum = FloatVector.zero(FLOATS);
    for (var i = 0; i < x.length; i += LANES) {
      var e = exp(at(x, i).sub(shift));
      e.intoArray(x, i);
      sum = sum.add(e);
    }
    return sum(sum);
  }

  /** {@code x *= factor}. */
  static void scale(float[] x, float factor) {
    for (var i = 0; i < x.length; i += LANES) {
      at(x, i).mul(factor).intoArray(x, i);
    }
  }
}
