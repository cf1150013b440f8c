package dev.keizoku.eval.metric;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A metric that is the mean over the items.
 *
 * @param values one an item
 */
public record MeanScores(double[] values) implements ItemScores {

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public void add(int item, double[] sums) {
    sums[0] += values[item];
    sums[1]++;
  }

  @Override
  public double of(double[] sums) {
    return sums[0] / sums[1];
  }

  @Override
  public double item(int item) {
    return values[item];
  }

  @Override
  public boolean binary() {
    return Arrays.stream(values).allMatch(value -> value == 0 || value == 1);
  }

  /** sqrt(sum (x - mean)^2 / (n - 1)) / sqrt(n); none for fewer than two items. */
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
