package dev.keizoku.eval.metric;

import java.util.OptionalDouble;

/**
 * A metric that is the mean over the questions.
 *
 * @param values one a question
 */
public record MeanScores(double[] values) implements ItemScores {

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public double score() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Override
  public double score(int[] items) {
    double sum = 0;
    for (int item : items) {
      sum += values[item];
    }
    return sum / items.length;
  }

  /** sqrt(sum (x - mean)^2 / (n - 1)) / sqrt(n); none for fewer than two questions. */
  @Override
  public OptionalDouble standardError() {
    if (values.length < 2) {
      return OptionalDouble.empty();
    }
    double mean = score();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return OptionalDouble.of(Math.sqrt(squares / (values.length - 1)) / Math.sqrt(values.length));
  }
}
