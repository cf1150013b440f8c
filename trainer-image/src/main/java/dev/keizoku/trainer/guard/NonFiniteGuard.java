package dev.keizoku.trainer.guard;

/**
 * Keeps NaN and infinity out of the optimizer. One bad step is a bad batch: it is skipped, the
 * weights have not been touched. Several in a row mean that the weights themselves are bad: only
 * going back helps.
 *
 * @param patience steps in a row after which the weights are given up, 1 or more
 */
public record NonFiniteGuard(int patience) {

  /**
   * How many steps in a row were not finite.
   *
   * @param streak 0 or more
   */
  public record State(int streak) {
    /** Before the first step. */
    public static final State START = new State(0);
  }

  /** Checks that patience is possible. */
  public NonFiniteGuard {
    if (patience < 1) {
      throw new IllegalArgumentException("patience " + patience + " is below 1");
    }
  }

  /** Continue, SkipStep, or Rollback over the whole streak. */
  public Verdict<State> check(State state, StepReading reading) {
    var where = nonFinite(reading);
    if (where == null) {
      return Verdict.go(State.START);
    }
    var streak = state.streak + 1;
    var why = "Step %d: the %s.".formatted(reading.step(), where);
    if (streak < patience) {
      return new Verdict<>(new State(streak), new Decision.SkipStep(why));
    }
    var first = reading.step() - streak + 1;
    return new Verdict<>(State.START, new Decision.Rollback(first, reading.step(), why));
  }

  private static String nonFinite(StepReading reading) {
    var loss = firstNonFinite(reading.losses());
    if (loss >= 0) {
      return "loss of rank %d is %s".formatted(loss, reading.losses()[loss]);
    }
    var norm = firstNonFinite(reading.gradientNorms());
    return norm < 0
        ? null
        : "gradient norm of rank %d is %s".formatted(norm, reading.gradientNorms()[norm]);
  }

  private static int firstNonFinite(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
