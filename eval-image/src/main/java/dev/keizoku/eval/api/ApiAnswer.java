package dev.keizoku.eval.api;

/**
 * What came back.
 *
 * @param text of the answer; null where there is none
 * @param fault why there is none, one line without the key; null where there is one
 * @param away whether that is because the endpoint does not answer at all, or not now
 */
public record ApiAnswer(String text, String fault, boolean away) {

  static ApiAnswer of(String text) {
    return new ApiAnswer(text, null, false);
  }

  static ApiAnswer none(String fault) {
    return new ApiAnswer(null, fault, false);
  }

  static ApiAnswer away(String fault) {
    return new ApiAnswer(null, fault, true);
  }
}
