package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;
import static dev.keizoku.llm.kernel.Rows.MEMORY;

import dev.keizoku.llm.torch.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Softmax of rows of logits in host memory that come some columns at a time, so that a row of the
 * vocabulary never exists. What a row gives depends on how its columns were cut, not on other rows.
 * Source: Milakov and Gimelshein 2018, "Online normalizer calculation for softmax", algorithm 3.
 *
 * <p>Only to be used where {@link Kernels#inVectors}.
 */
public final class RowSoftmax {
  private final List<int[]> asked;
  private final float[][] logits;
  private final float[] greatest;
  private final double[] sum;
  private final int[] likeliest;

  /**
   * Nothing seen yet.
   *
   * @param asked of each row the columns whose log-probabilities are wanted
   */
  public RowSoftmax(List<int[]> asked) {
    this.asked = asked;
    this.logits = asked.stream().map(columns -> new float[columns.length]).toArray(float[][]::new);
    this.greatest = new float[asked.size()];
    this.sum = new double[asked.size()];
    this.likeliest = new int[asked.size()];
    Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
  }

  /**
   * Takes the next columns of all rows.
   *
   * @param logitsRC [R, C] fp32, contiguous
   * @param first number of the first column
   */
  public void take(Tensor logitsRC, int first) {
    var rows = Rows.of(logitsRC);
    var whole = rows.columns() / LANES * LANES;
    var rest = new float[LANES];
    for (var r = 0; r < logits.length; r++) {
      pick(rows, r, first);
      var last = rest(rows, r, whole, rest);
      var max = max(rows, r, whole, last);
      if (Float.isNaN(max)) {
        sum[r] = Double.NaN;
      } else {
        add(rows, r, whole, last, first, max);
      }
    }
  }

  private void pick(Rows rows, int r, int first) {
    var tokens = asked.get(r);
    for (var i = 0; i < tokens.length; i++) {
      if (tokens[i] >= first && tokens[i] < first + rows.columns()) {
        logits[r][i] = value(rows, r, tokens[i] - first);
      }
    }
  }

  private static float value(Rows rows, int r, int column) {
    return MEMORY.get(ValueLayout.JAVA_FLOAT, rows.at(r) + (long) column * Float.BYTES);
  }

  // What is left over at the end, and beyond it what adds nothing, and is a number.
  private static FloatVector rest(Rows rows, int r, int from, float[] rest) {
    for (var i = 0; i < LANES; i++) {
      rest[i] = from + i < rows.columns() ? value(rows, r, from + i) : -Float.MAX_VALUE;
    }
    return RowMath.at(rest, 0);
  }

  // Not a number where one of the row is none: zero times it is none either. The vectors' own
  // maximum looks for others, at five times the cost; four of them wait less for each other.
  private static float max(Rows rows, int r, int whole, FloatVector last) {
    var zero = FloatVector.zero(FLOATS);
    var zeros = last.mul(zero);
    var a = last;
    var b = last;
    var c = last;
    var d = last;
    var i = 0;
    for (; i + 3 * LANES < whole; i += 4 * LANES) {
      var first = rows.load(r, i);
      var second = rows.load(r, i + LANES);
      var third = rows.load(r, i + 2 * LANES);
      var fourth = rows.load(r, i + 3 * LANES);
      a = greater(a, first);
      b = greater(b, second);
      c = greater(c, third);
      d = greater(d, fourth);
      zeros = fourth.fma(zero, third.fma(zero, second.fma(zero, first.fma(zero, zeros))));
    }
    for (; i < whole; i += LANES) {
      var next = rows.load(r, i);
      a = greater(a, next);
      zeros = next.fma(zero, zeros);
    }
    if (RowMath.sum(zeros) != 0) {
      return Float.NaN;
    }
    return greater(greater(a, b), greater(c, d)).reduceLanes(VectorOperators.MAX);
  }

  private static FloatVector greater(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  private void add(Rows rows, int r, int whole, FloatVector last, int first, float max) {
    if (max > greatest[r]) {
      var at = 0;
      while (value(rows, r, at) != max) {
        at++;
      }
      likeliest[r] = first + at;
      sum[r] *= StrictMath.exp((double) greatest[r] - max);
      greatest[r] = max;
    }
    var shift = greatest[r];
    var sums = RowMath.exp(last.sub(shift));
    for (var i = 0; i < whole; i += LANES) {
      sums = sums.add(RowMath.exp(rows.load(r, i).sub(shift)));
    }
    sum[r] += RowMath.sum(sums);
  }

  /** For each row those of the columns that were asked for, nats; not a number where one is not. */
  public float[][] logProbabilities() {
    var values = new float[logits.length][];
    for (var r = 0; r < values.length; r++) {
      var logSum = greatest[r] + StrictMath.log(sum[r]);
      values[r] = new float[logits[r].length];
      for (var i = 0; i < values[r].length; i++) {
        values[r][i] = (float) (logits[r][i] - logSum);
      }
    }
    return values;
  }

  /** The column with the greatest logit of each row; the first of equal ones. */
  public int[] likeliest() {
    return likeliest.clone();
  }
}
