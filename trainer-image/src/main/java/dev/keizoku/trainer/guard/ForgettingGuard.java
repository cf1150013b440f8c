package dev.keizoku.trainer.guard;

import dev.keizoku.contract.fault.Reason;
import java.util.Locale;
import java.util.Map;

/**
 * Watches the perplexity of a general held-out set: when it rises too far above what the base model
 * had, the model forgets. After the rate was lowered, the guard waits as long as the perplexity
 * falls.
 *
 * @param set name of the held-out set
 * @param limit tolerated rise over the base model's perplexity, as a fraction: 0.1 is 10 percent
 * @param action what happens beyond it
 * @param factor of {@code LOWER_RATE}, above 0 and below 1
 * @param lowerings how often the rate is lowered before the run is stopped, 0 or more
 */
public record ForgettingGuard(
    String set, double limit, Action action, double factor, int lowerings) {

  /** What happens when the model forgets. */
  public enum Action {
    STOP,
    LOWER_RATE
  }

  /**
   * What the guard remembers.
   *
   * @param base the base model's perplexity; null before the first measurement
   * @param last the newest measurement; null before the first
   * @param lowered how often the rate was lowered
   */
  public record State(Double base, Double last, int lowered) {
    /** Before the first measurement. */
    public static final State START = new State(null, null, 0);
  }

  /** Checks that the numbers are possible. */
  public ForgettingGuard {
    if (set == null || limit < 0 || factor <= 0 || factor >= 1 || lowerings < 0) {
      throw new IllegalArgumentException("not possible: a forgetting guard with these numbers");
    }
  }

  /**
   * Continue, LowerRate or Stop. The first call takes the base model's perplexity.
   *
   * @param step optimizer step of the measurement
   * @param perplexities of every held-out set, by name
   * @throws IllegalArgumentException when the watched set is not among them
   */
  public Verdict<State> check(State state, long step, Map<String, Double> perplexities) {
    var now = perplexities.get(set);
    if (now == null) {
      throw new IllegalArgumentException(
          "no held-out set is called %s; there are %s".formatted(set, perplexities.keySet()));
    }
    if (state.base == null && Double.isFinite(now)) {
      return Verdict.go(new State(now, now, 0));
    }
    var recovering = state.lowered > 0 && now < state.last;
    if (!Double.isFinite(now)) {
      var message =
          "Step %d: the perplexity of %s is %s; lower learningRate.".formatted(step, set, now);
      return new Verdict<>(state, new Decision.Stop(Reason.DIVERGED, message));
    }
    var next = new State(state.base, now, state.lowered);
    if (now <= state.base * (1 + limit) || recovering) {
      return Verdict.go(next);
    }
    if (action == Action.LOWER_RATE && state.lowered < lowerings) {
      return new Verdict<>(
          new State(state.base, now, state.lowered + 1),
          new Decision.LowerRate(factor, sentence(state, step, now)));
    }
    return new Verdict<>(next, new Decision.Stop(Reason.FORGETTING, sentence(state, step, now)));
  }

  private String sentence(State state, long step, double now) {
    return String.format(
        Locale.ROOT,
        "Step %d: the perplexity of %s is %.4g, %+.0f %% over the %.4g at step 0 (tolerated: %.0f"
            + " %%); lower learningRate, add general text to data or raise"
            + " guards.forgetting.maxIncrease.",
        step,
        set,
        now,
        100 * (now / state.base - 1),
        state.base,
        100 * limit);
  }
}
