package dev.keizoku.llm.generate;

/**
 * Log-probabilities of the next token, fp32, a row for each wanted position of each chunk in order.
 *
 * @param values [rows, vocabulary], row-major
 * @param vocabulary tokens a row
 */
public record LogProbabilities(float[] values, int vocabulary) {

  /** Number of rows. */
  public int rows() {
    return values.length / vocabulary;
  }

  /** Log-probability of a token, nats. */
  public float of(int row, int token) {
    return values[row * vocabulary + token];
  }

  /** The likeliest token; the first of equal ones. */
  public int likeliest(int row) {
    int start = row * vocabulary;
    int best = 0;
    for (int token = 1; token < vocabulary; token++) {
      if (values[start + token] > values[start + best]) {
        best = token;
      }
    }
    return best;
  }
}
