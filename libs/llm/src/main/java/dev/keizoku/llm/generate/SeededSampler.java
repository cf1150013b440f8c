package dev.keizoku.llm.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws the next token by its probability, the same draws for the same seed. One a sequence, so
 * that a text does not depend on those written beside it.
 *
 * <p>Source: temperature, then the k likeliest, then the fewest that have {@code topP} together, in
 * the order of transformers' logits warpers.
 */
public final class SeededSampler implements Sampler {
  private final double temperature;
  private final int topK;
  private final double topP;
  private final SplittableRandom random;

  /**
   * @param temperature above 0; 1 draws as the model says
   * @param topK how many tokens are drawn from at most; 0 for all
   * @param topP least probability that the tokens drawn from have together, 0 to 1; 1 for all
   */
  public SeededSampler(double temperature, int topK, double topP, long seed) {
    this.temperature = temperature;
    this.topK = topK;
    this.topP = topP;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public int next(LogProbabilities predictions, int row) {
    int vocabulary = predictions.vocabulary();
    double most = predictions.of(row, predictions.likeliest(row));
    var weights = new double[vocabulary];
    Arrays.setAll(weights, token -> Math.exp((predictions.of(row, token) - most) / temperature));
    var tokens = topK == 0 && topP >= 1 ? IntStream.range(0, vocabulary).toArray() : kept(weights);
    double left = random.nextDouble() * Arrays.stream(tokens).mapToDouble(t -> weights[t]).sum();
    for (int token : tokens) {
      left -= weights[token];
      if (left < 0) {
        return token;
      }
    }
    return tokens[tokens.length - 1];
  }

  private int[] kept(double[] weights) {
    int[] sorted =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer token) -> weights[token]).reversed())
            .limit(topK == 0 ? weights.length : topK)
            .mapToInt(Integer::intValue)
            .toArray();
    double all = Arrays.stream(sorted).mapToDouble(token -> weights[token]).sum();
    double seen = 0;
    int count = 0;
    while (count < sorted.length && (count == 0 || seen < topP * all)) {
      seen += weights[sorted[count++]];
    }
    return Arrays.copyOf(sorted, count);
  }
}
