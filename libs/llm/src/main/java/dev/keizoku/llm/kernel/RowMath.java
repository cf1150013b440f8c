package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Arithmetic on padded arrays; see {@link Rows}. What lies beyond a row is 0 unless said. */
final class RowMath {
  private RowMath() {}

  static FloatVector at(float[] values, int i) {
    return FloatVector.fromArray(FLOATS, values, i);
  }

  /** Sum of {@code a[i] b[i]}. */
  static float dot(float[] a, float[] b) {
    var sum = FloatVector.zero(FLOATS);
    for (var i = 0; i < a.length; i += LANES) {
      sum = at(a, i).fma(at(b, i), sum);
    }
    return sum.reduceLanes(VectorOperators.ADD);
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
    return one.div(x.neg().lanewise(VectorOperators.EXP).add(one));
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
      var e = at(x, i).sub(shift).lanewise(VectorOperators.EXP);
      e.intoArray(x, i);
      sum = sum.add(e);
    }
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** {@code x *= factor}. */
  static void scale(float[] x, float factor) {
    for (var i = 0; i < x.length; i += LANES) {
      at(x, i).mul(factor).intoArray(x, i);
    }
  }
}
