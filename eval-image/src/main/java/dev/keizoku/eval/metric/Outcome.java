package dev.keizoku.eval.metric;

/**
 * What a model made of one question.
 *
 * @param gold index of the right choice, negative where none is right
 * @param logLikelihoods of each choice, nats
 * @param lengths of each choice, code points
 * @param greedy of each choice, whether greedy decoding would have given exactly that; null where
 *     that is not known
 * @param extent of a document that is scored as a whole; null where choices are
 */
public record Outcome(
    int gold, double[] logLikelihoods, int[] lengths, boolean[] greedy, Extent extent) {

  /** What a model made of a question with choices. */
  public Outcome(int gold, double[] logLikelihoods, int[] lengths) {
    this(gold, logLikelihoods, lengths, null, null);
  }

  /** Code points of the document, or of the first choice. */
  int characters() {
    return extent == null ? lengths[0] : extent.characters();
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
