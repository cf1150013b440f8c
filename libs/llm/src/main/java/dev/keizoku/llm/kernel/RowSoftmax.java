package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;

import dev.keizoku.llm.torch.Tensor;
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
    var row = rows.array();
    // Beyond the columns what adds nothing, and is a number.
    Arrays.fill(row, rows.columns(), row.length, -Float.MAX_VALUE);
    for (var r = 0; r < logits.length; r++) {
      rows.read(r, row);
      pick(r, row, first, rows.columns());
      if (finite(row)) {
        add(r, row, first);
      } else {
        sum[r] = Double.NaN;
      }
      Arrays.fill(row, rows.columns(), row.length, -Float.MAX_VALUE);
    }
  }

  private void pick(int r, float[] row, int first, int columns) {
    var tokens = asked.get(r);
    for (var i = 0; i < tokens.length; i++) {
      if (tokens[i] >= first && tokens[i] < first + columns) {
        logits[r][i] = row[tokens[i] - first];
      }
    }
  }

  // Zero times anything but a number is not a number.
  private static boolean finite(float[] row) {
    var zero = FloatVector.zero(FLOATS);
    var sums = zero;
    for (var i = 0; i < row.length; i += LANES) {
      sums = RowMath.at(row, i).fma(zero, sums);
    }
    return RowMath.sum(sums) == 0;
  }

  // Of numbers only; the vectors' own maximum looks for others, at five times the cost.
  private static float max(float[] row) {
    var max = RowMath.at(row, 0);
    for (var i = LANES; i < row.length; i += LANES) {
      var next = RowMath.at(row, i);
      max = max.blend(next, next.compare(VectorOperators.GT, max));
    }
    return max.reduceLanes(VectorOperators.MAX);
  }

  private void add(int r, float[] row, int first) {
    var max = max(row);
    if (max > greatest[r]) {
      var at = 0;
      while (row[at] != max) {
        at++;
      }
      likeliest[r] = first + at;
      sum[r] *= StrictMath.exp((double) greatest[r] - max);
      greatest[r] = max;
    }
    sum[r] += RowMath.exp(row, greatest[r]);
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
