package dev.keizoku.eval.metric;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * A metric of whole documents: log-likelihoods of all over sizes of all, so that a long document
 * counts more than a short one, as in lm-evaluation-harness. Less is better.
 *
 * @param logLikelihoods one a document, nats
 * @param sizes one a document, for instance characters
 * @param scale from nats a unit of size to the metric; rises with it
 */
public record RatioScores(double[] logLikelihoods, double[] sizes, DoubleUnaryOperator scale)
    implements ItemScores {

  /** A score that is the mean of values of which less is better, such as squared errors. */
  public static RatioScores ofLosses(double[] values) {
    var sizes = new double[values.length];
    Arrays.fill(sizes, 1);
    return new RatioScores(Arrays.stream(values).map(v -> -v).toArray(), sizes, mean -> mean);
  }

  @Override
  public int size() {
    return sizes.length;
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public void add(int item, double[] sums) {
    sums[0] += logLikelihoods[item];
    sums[1] += sizes[item];
  }

  @Override
  public double of(double[] sums) {
    return scale.applyAsDouble(-sums[0] / sums[1]);
  }

  @Override
  public double item(int item) {
    return logLikelihoods[item] / sizes[item];
  }

  /** The score of the item that was done worst; infinite where no number is large enough. */
  public double largest() {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < sizes.length; i++) {
      largest = Math.max(largest, scale.applyAsDouble(-item(i)));
    }
    return largest;
  }

  @Override
  public boolean binary() {
    return false;
  }

  @Override
  public OptionalDouble standardError() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }
}
