package dev.keizoku.eval.api;

/**
 * What came back.
 *
 * @param text of the answer; null where there is none
 * @param fault why there is none, one line without the key; null where there is one
 */
public record ApiAnswer(String text, String fault) {

  static ApiAnswer of(String text) {
    return new ApiAnswer(text, null);
  }

  static ApiAnswer none(String fault) {
    return new ApiAnswer(null, fault);
  }
}
