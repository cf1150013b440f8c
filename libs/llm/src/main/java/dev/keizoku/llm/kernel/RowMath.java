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
    var inside = x.max(LEAST).min(GREATEST);
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
    return result.blend(0, x.compare(VectorOperators.LT, LEAST));
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

  /** {@code out = factor a b}. */
  static void multiply(float[] out, float[] a, float[] b, float factor) {
    for (var i = 0; i < out.length; i += LANES) {
      at(a, i).mul(at(b, i)).mul(factor).intoArray(out, i);
    }
  }

  /** {@code sum += a}. */
  static void add(float[] sum, float[] a) {
    for (var i = 0; i < sum.length; i += LANES) {
      at(sum, i).add(at(a, i)).intoArray(sum, i);
    }
  }

  /** {@code y = (x - normed mean) factor}. */
  static void center(float[] y, float[] x, float[] normed, float mean, float factor) {
    for (var i = 0; i < y.length; i += LANES) {
      at(normed, i).mul(-mean).add(at(x, i)).mul(factor).intoArray(y, i);
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  static FloatVector sigmoid(FloatVector x) {
    var one = FloatVector.broadcast(FLOATS, 1);
    return one.div(exp(x.neg()).add(one));
  }

  /** {@code out = gate sigmoid(gate) up}. */
  static void gate(float[] out, float[] gate, float[] up) {
    for (var i = 0; i < out.length; i += LANES) {
      var g = at(gate, i);
      g.mul(sigmoid(g)).mul(at(up, i)).intoArray(out, i);
    }
  }

  /** Replaces gate and up by their gradients, and the gradient of the result by the result. */
  static void gateBackward(float[] gate, float[] up, float[] gradOut) {
    for (var i = 0; i < gate.length; i += LANES) {
      var g = at(gate, i);
      var dy = at(gradOut, i);
      var sigmoid = sigmoid(g);
      var silu = g.mul(sigmoid);
      // d silu / dx = sigmoid (1 + x (1 - sigmoid)) = sigmoid + silu (1 - sigmoid).
      var slope = silu.sub(silu.mul(sigmoid)).add(sigmoid);
      dy.mul(at(up, i)).mul(slope).intoArray(gate, i);
      silu.mul(at(up, i)).intoArray(gradOut, i);
      dy.mul(silu).intoArray(up, i);
    }
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
