package dev.keizoku.llm.kernel;

import static dev.keizoku.llm.kernel.Rows.FLOATS;
import static dev.keizoku.llm.kernel.Rows.LANES;

import dev.keizoku.llm.torch.Tensor;
import java.util.Arrays;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;

/**
 * One pass over memory for each operation, rows shared out over the rank's threads. Sums over rows
 * are made chunk by chunk, so the bits do not depend on how many threads there are. Rows that are
 * no multiple of the vectors' length, as only tiny models have, are left to ATen.
 */
final class VectorKernels implements Kernels {
  private static final int CHUNK = 64;
  private static final int VECTORS = 4096;
  private static final Kernels ATEN = AtenKernels.INSTANCE;

  private static boolean ragged(long columns) {
    return columns % LANES != 0;
  }

  @Override
  public void rmsNorm(Tensor y, Tensor scale, Tensor x, Tensor weight, double epsilon) {
    if (ragged(weight.dim(0))) {
      ATEN.rmsNorm(y, scale, x, weight, epsilon);
      return;
    }
    var w = values(weight);
    for (var part : parts(x)) {
      norm(part.of(y), part.of(scale), part.of(x), w, epsilon, part.rows());
    }
  }

  private static void norm(Rows y, Rows scale, Rows x, float[] weight, double epsilon, long rows) {
    Workers.forRows(
        rows,
        CHUNK,
        (from, to) -> {
          var factor = new float[1];
          for (var t = from; t < to; t++) {
            factor[0] = (float) (1 / Math.sqrt(squares(x, t) / x.columns() + epsilon));
            for (var i = 0; i < weight.length; i += LANES) {
              y.store(x.load(t, i).mul(RowMath.at(weight, i)).mul(factor[0]), t, i);
            }
            scale.write(t, factor);
          }
        });
  }

  private static float squares(Rows x, long t) {
    var sum = FloatVector.zero(FLOATS);
    for (var i = 0; i < x.columns(); i += LANES) {
      var value = x.load(t, i);
      sum = value.fma(value, sum);
    }
    return RowMath.sum(sum);
  }

  @Override
  public void rmsNormBackward(
      Tensor dx, Tensor gradWeight, Tensor dy, Norm norm, Tensor weight, Tensor residual) {
    if (ragged(weight.dim(0))) {
      ATEN.rmsNormBackward(dx, gradWeight, dy, norm, weight, residual);
      return;
    }
    var w = values(weight);
    var sum = values(gradWeight);
    for (var part : parts(dx)) {
      var backward =
          new NormBackward(
              part.of(dx),
              part.of(dy),
              part.of(norm.x()),
              part.of(norm.scale()),
              residual == null ? null : part.of(residual));
      RowMath.add(sum, backward.run(w, part.rows(), CHUNK));
    }
    Rows.of(gradWeight).write(0, sum);
  }

  /** A block of rows with one stride: all of a tensor, or one head of [T, H, h]. */
  private record Part(int head, long rows) {
    Rows of(Tensor tensor) {
      return tensor.rank() < 3 ? Rows.of(tensor) : Rows.head(tensor, head);
    }
  }

  private static Part[] parts(Tensor tensor) {
    if (tensor.rank() < 3) {
      return new Part[] {new Part(0, tensor.dim(0))};
    }
    var parts = new Part[Math.toIntExact(tensor.dim(1))];
    Arrays.setAll(parts, head -> new Part(head, tensor.dim(0)));
    return parts;
  }

  private static float[] values(Tensor vector) {
    var rows = Rows.of(vector);
    var values = rows.array();
    rows.read(0, values);
    return values;
  }

  @Override
  public void gate(Tensor out, Tensor gateUp) {
    var y = Rows.of(out);
    var both = Rows.of(gateUp);
    var width = y.columns();
    if (ragged(width)) {
      ATEN.gate(out, gateUp);
      return;
    }
    forEachRow(
        out.dim(0),
        t -> {
          for (var i = 0; i < width; i += LANES) {
            var g = both.load(t, i);
            y.store(g.mul(RowMath.sigmoid(g)).mul(both.load(t, width + i)), t, i);
          }
        });
  }

  @Override
  public void gateBackward(Tensor gradGateUp, Tensor gradOut, Tensor gateUp) {
    var dy = Rows.of(gradOut);
    var both = Rows.of(gateUp);
    var gradient = Rows.of(gradGateUp);
    var width = dy.columns();
    if (ragged(width)) {
      ATEN.gateBackward(gradGateUp, gradOut, gateUp);
      return;
    }
    forEachRow(
        gradOut.dim(0),
        t -> {
          for (var i = 0; i < width; i += LANES) {
            var g = both.load(t, i);
            var up = both.load(t, width + i);
            var d = dy.load(t, i);
            var sigmoid = RowMath.sigmoid(g);
            var silu = g.mul(sigmoid);
            // d silu / dx = sigmoid (1 + x (1 - sigmoid)) = sigmoid + silu (1 - sigmoid).
            var slope = silu.sub(silu.mul(sigmoid)).add(sigmoid);
            gradient.store(d.mul(up).mul(slope), t, i);
            gradient.store(d.mul(silu), t, width + i);
            dy.store(silu.mul(up), t, i);
          }
        });
  }

  private static void forEachRow(long rows, IntConsumer row) {
    Workers.forRows(
        rows,
        CHUNK,
        (from, to) -> {
          for (var t = from; t < to; t++) {
            row.accept(t);
          }
        });
  }

  @Override
  public void rotate(Tensor target, Tensor source, Tensor cosine, Tensor sine, int direction) {
    var cosines = Rows.head(cosine, 0);
    var half = cosines.columns();
    if (ragged(half)) {
      ATEN.rotate(target, source, cosine, sine, direction);
      return;
    }
    var sines = Rows.head(sine, 0);
    var heads = Math.toIntExact(source.dim(1));
    var from = Rows.head(source, 0);
    var to = Rows.head(target, 0);
    var fromStep = Math.toIntExact(source.strides()[1]);
    var toStep = Math.toIntExact(target.strides()[1]);
    forEachRow(
        source.dim(0),
        t -> {
          for (var i = 0; i < half; i += LANES) {
            var cos = cosines.load(t, i);
            var sin = sines.load(t, i).mul(direction);
            for (var head = 0; head < heads; head++) {
              var first = from.load(t, head * fromStep + i);
              var second = from.load(t, head * fromStep + half + i);
              to.store(first.mul(cos).sub(second.mul(sin)), t, head * toStep + i);
              to.store(second.mul(cos).add(first.mul(sin)), t, head * toStep + half + i);
            }
          }
        });
  }

  @Override
  public void add(Tensor out, Tensor a, Tensor b) {
    if (ragged(out.elements())) {
      ATEN.add(out, a, b);
      return;
    }
    var sum = Rows.ofVectors(out);
    var first = Rows.ofVectors(a);
    var second = Rows.ofVectors(b);
    Workers.forRows(
        out.elements() / LANES,
        VECTORS,
        (from, to) -> {
          for (var t = from; t < to; t++) {
            sum.store(first.load(t, 0).add(second.load(t, 0)), t, 0);
          }
        });
  }

  @Override
  public float[] crossEntropy(Tensor logits, int[] targets, double scale) {
    var rows = Rows.of(logits);
    var losses = new float[targets.length];
    Workers.forRows(
        targets.length,
        CHUNK / 4,
        (from, to) -> {
          var row = rows.array();
          for (var t = from; t < to; t++) {
            if (targets[t] < 0) {
              Arrays.fill(row, 0);
            } else {
              rows.read(t, row);
              losses[t] = softmaxGradient(row, rows.columns(), targets[t], (float) scale);
            }
            rows.write(t, row);
          }
        });
    return losses;
  }

  private static float softmaxGradient(float[] row, int columns, int target, float scale) {
    Arrays.fill(row, columns, row.length, Float.NEGATIVE_INFINITY);
    var max = RowMath.max(row);
    var logit = row[target];
    var sum = RowMath.exp(row, max);
    RowMath.scale(row, scale / sum);
    row[target] -= scale;
    return (float) (Math.log(sum) + max - logit);
  }

  /** Gradients of a norm; the weight's as a sum over the rows. */
  private record NormBackward(Rows dx, Rows dy, Rows x, Rows scale, Rows residual) {

    float[] run(float[] weight, long rows, int chunk) {
      var sums = new float[Math.toIntExact((rows + chunk - 1) / chunk)][];
      Workers.forRows(rows, chunk, (from, to) -> sums[from / chunk] = rows(from, to, weight));
      for (var i = 1; i < sums.length; i++) {
        RowMath.add(sums[0], sums[i]);
      }
      return sums[0];
    }

    private float[] rows(int from, int to, float[] weight) {
      var sum = x.array();
      var factor = new float[1];
      for (var t = from; t < to; t++) {
        scale.read(t, factor);
        var mean = add(sum, t, factor[0], weight) / x.columns();
        for (var i = 0; i < weight.length; i += LANES) {
          // With g = dy w: dx = scale (g - normed mean(g normed)).
          var g = dy.load(t, i).mul(RowMath.at(weight, i));
          var normed = x.load(t, i).mul(factor[0]);
          var gradient = normed.mul(-mean).add(g).mul(factor[0]);
          dx.store(residual == null ? gradient : gradient.add(residual.load(t, i)), t, i);
        }
      }
      return sum;
    }

    // Adds the row's gradient of the weight; returns the sum of g normed.
    private float add(float[] sum, int t, float factor, float[] weight) {
      var product = FloatVector.zero(FLOATS);
      for (var i = 0; i < weight.length; i += LANES) {
        var part = x.load(t, i).mul(factor).mul(dy.load(t, i));
        RowMath.at(sum, i).add(part).intoArray(sum, i);
        product = part.fma(RowMath.at(weight, i), product);
      }
      return RowMath.sum(product);
    }
  }
}
