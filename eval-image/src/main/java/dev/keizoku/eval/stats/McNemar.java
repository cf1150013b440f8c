package dev.keizoku.eval.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * McNemar's exact test: of the questions that only one of two models answers right, each is as
 * likely the one's as the other's when neither is better.
 *
 * <p>Source: McNemar, Psychometrika 12, 1947; as {@code mcnemar(exact=True)} of statsmodels.
 */
public final class McNemar {
  private McNemar() {}

  /**
   * The two-sided p-value.
   *
   * @param gained questions that only the candidate answers right
   * @param lost questions that only the base model answers right
   */
  public static double exact(long gained, long lost) {
    int discordant = Math.toIntExact(gained + lost);
    if (discordant == 0) {
      return 1;
    }
    var tail =
        BinomialDistribution.of(discordant, 0.5)
            .cumulativeProbability(Math.toIntExact(Math.min(gained, lost)));
    return Math.min(1, 2 * tail);
  }
}
