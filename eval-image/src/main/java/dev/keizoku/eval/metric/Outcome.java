package dev.keizoku.eval.metric;

/**
 * What a model made of one question.
 *
 * @param gold index of the right choice, negative where none is right
 * @param logLikelihoods of each choice, nats
 * @param lengths of each choice, code points
 */
public record Outcome(int gold, double[] logLikelihoods, int[] lengths) {

  /** The likeliest choice; the first of equal ones. */
  public int predicted() {
    return Ranking.first(logLikelihoods);
  }

  /** Log-likelihoods a code point. */
  double[] normalized() {
    var normalized = new double[logLikelihoods.length];
    for (int i = 0; i < normalized.length; i++) {
      normalized[i] = logLikelihoods[i] / lengths[i];
    }
    return normalized;
  }
}
