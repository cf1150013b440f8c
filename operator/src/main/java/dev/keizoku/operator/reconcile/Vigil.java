package dev.keizoku.operator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Since when this operator watches without a break. A machine that was paused, or whose clock was
 * set, has heard nothing in the time that seems to have passed; nobody's silence counts before it.
 */
final class Vigil {
  private static final Duration DRIFT = Duration.ofSeconds(30);

  private final LongSupplier nanos;
  private Instant since;
  private Instant lastTime;
  private long lastNanos;

  /**
   * @param nanos a clock that only ever goes on, and not while the machine is paused
   */
  Vigil(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The beginning of the watch that goes on at that time; called at every look. */
  synchronized Instant since(Instant now) {
    long ticks = nanos.getAsLong();
    if (since == null) {
      since = now;
    } else {
      var passed = Duration.ofNanos(ticks - lastNanos);
      var seems = Duration.between(lastTime, now);
      since = seems.minus(passed).abs().compareTo(DRIFT) > 0 ? now : since;
    }
    lastTime = now;
    lastNanos = ticks;
    return since;
  }
}
