package dev.keizoku.trainer.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Sees a loss that jumps. A loss is a spike when its robust z-score over the window, {@code (loss -
 * median) / (1.4826 MAD)}, is above the threshold; spikes do not enter the window, so that they
 * cannot hide the next one. Only upward jumps count.
 *
 * <p>Source: Iglewicz and Hoaglin 1993 for the score; going back and leaving out the batches as in
 * Chowdhery et al. 2022 (PaLM), section 5.1.
 *
 * @param window how many good losses are kept, {@code minimum} or more
 * @param minimum how many good losses are needed before anything is called a spike, 3 or more
 * @param threshold z-score, above 0
 * @param patience spikes in a row that make a decision, 1 or more
 * @param scaleFloor least scale as a fraction of the median, above 0: a window of nearly equal
 *     losses must not make noise a spike
 */
public record LossSpikeGuard(
    int window, int minimum, double threshold, int patience, double scaleFloor) {

  /** Makes the median absolute deviation of a normal distribution its standard deviation. */
  private static final double MAD_TO_SIGMA = 1.4826;

  /**
   * What the guard remembers.
   *
   * @param losses the last good losses, oldest first
   * @param streak spikes in a row so far
   */
  public record State(List<Double> losses, int streak) {
    /** Before the first step. */
    public static final State START = new State(List.of(), 0);

    /** Copies the list, so that the state never changes. */
    public State {
      losses = List.copyOf(losses);
    }
  }

  /** Checks that the numbers are possible. */
  public LossSpikeGuard {
    if (minimum < 3 || window < minimum || threshold <= 0 || patience < 1 || scaleFloor <= 0) {
      throw new IllegalArgumentException("not possible: a spike guard with these numbers");
    }
  }

  /**
   * Continue, or Rollback over the spikes in a row. A first spike below the patience is let
   * through.
   *
   * @param reading finite, as {@link NonFiniteGuard} makes sure
   */
  public Verdict<State> check(State state, StepReading reading) {
    var loss = reading.loss();
    if (state.losses.size() < minimum) {
      return Verdict.go(new State(appended(state.losses, loss), 0));
    }
    var score = score(state.losses, loss);
    if (score <= threshold) {
      return Verdict.go(new State(appended(state.losses, loss), 0));
    }
    var streak = state.streak + 1;
    if (streak < patience) {
      return Verdict.go(new State(state.losses, streak));
    }
    var why =
        String.format(
            Locale.ROOT,
            "Step %d: the loss %.4g is %.1f robust deviations above the median %.4g of the last %d.",
            reading.step(),
            loss,
            score,
            median(state.losses),
            state.losses.size());
    return new Verdict<>(
        new State(state.losses, 0),
        new Decision.Rollback(reading.step() - streak + 1, reading.step(), why));
  }

  private double score(List<Double> losses, double loss) {
    var median = median(losses);
    var deviations = losses.stream().map(l -> Math.abs(l - median)).toList();
    var scale = Math.max(MAD_TO_SIGMA * median(deviations), scaleFloor * Math.abs(median));
    return (loss - median) / Math.max(scale, Double.MIN_NORMAL);
  }

  private List<Double> appended(List<Double> losses, double loss) {
    var next = new ArrayList<>(losses);
    next.add(loss);
    return next.size() > window ? next.subList(1, next.size()) : next;
  }

  private static double median(List<Double> values) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    var middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
