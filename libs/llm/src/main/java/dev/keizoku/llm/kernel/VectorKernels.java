package dev.keizoku.llm.kernel;

import dev.keizoku.llm.torch.Tensor;
import java.util.Arrays;

/**
 * One pass over memory for each operation, rows shared out over the rank's threads. Sums over rows
 * are made chunk by chunk, so the bits do not depend on how many threads there are.
 */
final class VectorKernels implements Kernels {
  private static final int CHUNK = 64;

  @Override
  public void rmsNorm(Tensor y, Tensor scale, Tensor x, Tensor weight, double epsilon) {
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
          var row = x.array();
          var factor = new float[1];
          for (var t = from; t < to; t++) {
            x.read(t, row);
            var mean = RowMath.dot(row, row) / x.columns();
            factor[0] = (float) (1 / Math.sqrt(mean + epsilon));
            RowMath.multiply(row, row, weight, factor[0]);
            y.write(t, row);
            scale.write(t, factor);
          }
        });
  }

  @Override
  public void rmsNormBackward(
      Tensor dx, Tensor gradWeight, Tensor dy, Norm norm, Tensor weight, Tensor residual) {
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
    var gate = Rows.of(gateUp).narrow(0, y.columns());
    var up = Rows.of(gateUp).narrow(y.columns(), y.columns());
    Workers.forRows(
        out.dim(0),
        CHUNK,
        (from, to) -> {
          var g = y.array();
          var u = y.array();
          for (var t = from; t < to; t++) {
            gate.read(t, g);
            up.read(t, u);
            RowMath.gate(g, g, u);
            y.write(t, g);
          }
        });
  }

  @Override
  public void gateBackward(Tensor gradGateUp, Tensor gradOut, Tensor gateUp) {
    var dy = Rows.of(gradOut);
    var width = dy.columns();
    var both = Rows.of(gateUp);
    var gradient = Rows.of(gradGateUp);
    Workers.forRows(
        gradOut.dim(0),
        CHUNK,
        (from, to) -> {
          var g = dy.array();
          var u = dy.array();
          var d = dy.array();
          for (var t = from; t < to; t++) {
            both.narrow(0, width).read(t, g);
            both.narrow(width, width).read(t, u);
            dy.read(t, d);
            RowMath.gateBackward(g, u, d);
            gradient.narrow(0, width).write(t, g);
            gradient.narrow(width, width).write(t, u);
            dy.write(t, d);
          }
        });
  }

  @Override
  public void rotate(Tensor target, Tensor source, Tensor cosine, Tensor sine, int direction) {
    var cosines = Rows.head(cosine, 0);
    var sines = Rows.head(sine, 0);
    var heads = Math.toIntExact(source.dim(1));
    var half = cosines.columns();
    var first = Rows.head(source, 0);
    var firstTarget = Rows.head(target, 0);
    var step = source.strides()[1] * source.type().bytes();
    var targetStep = target.strides()[1] * target.type().bytes();
    Workers.forRows(
        source.dim(0),
        CHUNK,
        (from, to) -> {
          var cos = cosines.array();
          var sin = sines.array();
          var row = first.array();
          for (var t = from; t < to; t++) {
            cosines.read(t, cos);
            sines.read(t, sin);
            for (var head = 0; head < heads; head++) {
              first.shifted(head * step).read(t, row);
              turn(row, cos, sin, half, direction);
              firstTarget.shifted(head * targetStep).write(t, row);
            }
          }
        });
  }

  // Plain Java on purpose: the compiler makes vectors of it, also where half a head is short.
  private static void turn(float[] row, float[] cos, float[] sin, int half, float direction) {
    for (var i = 0; i < half; i++) {
      var x = row[i];
      var y = row[i + half];
      var s = sin[i] * direction;
      row[i] = x * cos[i] - y * s;
      row[i + half] = y * cos[i] + x * s;
    }
  }

  @Override
  public void add(Tensor out, Tensor a, Tensor b) {
    var sum = Rows.of(out);
    var first = Rows.of(a);
    var second = Rows.of(b);
    Workers.forRows(
        out.dim(0),
        CHUNK,
        (from, to) -> {
          var x = sum.array();
          var y = sum.array();
          for (var t = from; t < to; t++) {
            first.read(t, x);
            second.read(t, y);
            RowMath.add(x, y);
            sum.write(t, x);
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
      var gradient = x.array();
      var normed = x.array();
      var product = x.array();
      var sum = x.array();
      var factor = new float[1];
      for (var t = from; t < to; t++) {
        dy.read(t, gradient);
        x.read(t, normed);
        scale.read(t, factor);
        RowMath.scale(normed, factor[0]);
        RowMath.multiply(product, gradient, normed, 1);
        RowMath.add(sum, product);
        // With g = dy w: dx = scale (g - normed mean(g normed)).
        RowMath.multiply(gradient, gradient, weight, 1);
        var mean = RowMath.dot(gradient, normed) / x.columns();
        RowMath.center(gradient, gradient, normed, mean, factor[0]);
        if (residual != null) {
          residual.read(t, normed);
          RowMath.add(gradient, normed);
        }
        dx.write(t, gradient);
      }
      return sum;
    }
  }
}
