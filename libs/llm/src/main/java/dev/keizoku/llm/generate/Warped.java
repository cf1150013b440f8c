package dev.keizoku.llm.generate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The tokens that one is drawn from, with weights: temperature, then the k likeliest, then the
 * fewest that have {@code topP} of these together; where any are left out the likeliest first, of
 * equal ones the first.
 *
 * <p>Source: {@code TemperatureLogitsWarper}, {@code TopKLogitsWarper}, {@code TopPLogitsWarper} of
 * transformers 4.57.1, in {@code generate}'s order. Of tokens that are equal at the last place it
 * keeps all or any, here the first ones are kept.
 *
 * @param tokens their ids
 * @param weights in proportion to their probabilities
 */
record Warped(int[] tokens, double[] weights) {
  private static final double STEP = 0.01;

  static Warped of(
      LogProbabilities predictions, int row, double temperature, int topK, double topP) {
    double most = predictions.of(row, predictions.likeliest(row));
    var weights = new double[predictions.vocabulary()];
    Arrays.setAll(weights, token -> Math.exp((predictions.of(row, token) - most) / temperature));
    if (topK == 0 && topP >= 1) {
      return new Warped(IntStream.range(0, weights.length).toArray(), weights);
    }
    int[] sorted = likeliest(weights, topK, topP);
    double all =
        topK == 0
            ? Arrays.stream(weights).sum()
            : Arrays.stream(sorted).mapToDouble(token -> weights[token]).sum();
    double seen = 0;
    int count = 0;
    while (count < sorted.length && (count == 0 || seen < topP * all)) {
      seen += weights[sorted[count++]];
    }
    int[] kept = Arrays.copyOf(sorted, count);
    return new Warped(kept, Arrays.stream(kept).mapToDouble(token -> weights[token]).toArray());
  }

  /**
   * The k likeliest in order, or so many that {@code topP} of all is among them: a vocabulary has
   * 150,000 tokens, of which few are worth being sorted.
   */
  private static int[] likeliest(double[] weights, int topK, double topP) {
    double wanted = topP * Arrays.stream(weights).sum();
    double least = 1;
    int[] tokens;
    boolean enough;
    do {
      least = least < Double.MIN_NORMAL ? 0 : least * STEP;
      double above = least;
      tokens = IntStream.range(0, weights.length).filter(t -> weights[t] >= above).toArray();
      enough =
          topK > 0
              ? tokens.length >= topK
              : Arrays.stream(tokens).mapToDouble(token -> weights[token]).sum() > wanted;
    } while (!enough && least > 0);
    return Arrays.stream(tokens)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer token) -> weights[token]).reversed())
        .limit(topK == 0 ? tokens.length : topK)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The token at a place on the line of weights, 0 to 1. */
  int at(double place) {
    double left = place * Arrays.stream(weights).sum();
    for (int i = 0; i < tokens.length; i++) {
      left -= weights[i];
      if (left < 0) {
        return tokens[i];
      }
    }
    return tokens[tokens.length - 1];
  }
}
