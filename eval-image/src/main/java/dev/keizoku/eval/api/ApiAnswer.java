package dev.keizoku.eval.api;

/**
 * What came back.
 *
 * @param text of the answer; null where there is none
 * @param ended whether it came to its end, not to its length
 * @param fault why there is none, one line without the key; null where there is one
 * @param cause what kind of fault that is; null where there is an answer
 */
public record ApiAnswer(String text, boolean ended, String fault, Cause cause) {

  /** Why there is no answer. */
  public enum Cause {
    /** The endpoint does not answer at all, or not now. */
    AWAY,
    /** It refuses this question, and would again. */
    REFUSED,
    /** It answers something else than an answer. */
    RUBBISH
  }

  /** Whether the endpoint does not answer at all, or not now. */
  public boolean away() {
    return cause == Cause.AWAY;
  }

  static ApiAnswer of(String text, boolean ended) {
    return new ApiAnswer(text, ended, null, null);
  }

  static ApiAnswer none(String fault, Cause cause) {
    return new ApiAnswer(null, false, fault, cause);
  }
}
