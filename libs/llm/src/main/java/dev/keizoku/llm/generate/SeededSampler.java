package dev.keizoku.llm.generate;

import java.util.SplittableRandom;

/**
 * Draws the next token by its probability, the same draws for the same seed. One a sequence, so
 * that a text does not depend on those written beside it. What is drawn from is {@link Warped}.
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
    return Warped.of(predictions, row, temperature, topK, topP).at(random.nextDouble());
  }
}
