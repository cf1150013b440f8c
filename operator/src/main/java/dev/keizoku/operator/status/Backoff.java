package dev.keizoku.operator.status;

import java.time.Duration;

/**
 * Pauses before another attempt, doubling from the first on.
 *
 * @param initial the first pause
 * @param max the longest pause
 */
public record Backoff(Duration initial, Duration max) {

  /** The pause before the attempt that follows so many ends; zero for none. */
  Duration after(int ends) {
    if (ends <= 0) {
      return Duration.ZERO;
    }
    var pause = initial.multipliedBy(1L << Math.min(ends - 1, 20));
    return pause.compareTo(max) > 0 ? max : pause;
  }
}
