package dev.keizoku.eval.compare;

import dev.keizoku.eval.stats.PairedBootstrap;
import dev.keizoku.eval.stats.RandomizationTest;

/**
 * How differences are judged.
 *
 * @param bootstrap makes the intervals
 * @param alpha level of the gate's one-sided ends
 */
public record Method(PairedBootstrap bootstrap, double alpha) {

  double level() {
    return 1 - bootstrap.confidence();
  }

  RandomizationTest test() {
    return new RandomizationTest(bootstrap.resamples(), bootstrap.seed());
  }
}
