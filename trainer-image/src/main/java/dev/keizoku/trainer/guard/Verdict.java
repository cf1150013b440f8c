package dev.keizoku.trainer.guard;

/**
 * What a guard answers.
 *
 * @param state the guard's next state
 * @param decision what the loop does
 * @param <S> type of the state
 */
public record Verdict<S>(S state, Decision decision) {

  /** All is well. */
  static <S> Verdict<S> go(S state) {
    return new Verdict<>(state, Decision.CONTINUE);
  }

  /** Whether the update may be applied without more ado. */
  public boolean isContinue() {
    return decision instanceof Decision.Continue;
  }
}
