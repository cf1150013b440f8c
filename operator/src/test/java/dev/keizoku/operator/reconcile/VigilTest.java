package dev.keizoku.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VigilTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicLong ticks = new AtomicLong(-5);
  private final Vigil vigil = new Vigil(ticks::get);

  private Instant after(long ticked, Instant now) {
    ticks.addAndGet(TimeUnit.SECONDS.toNanos(ticked));
    return vigil.since(now);
  }

  @Test
  void aClockThatJumpsBeginsTheWatchAnew() {
    assertThat(after(0, T0)).isEqualTo(T0);
    assertThat(after(7_200, T0.plusSeconds(7_205))).as("a slow clock").isEqualTo(T0);
    var awake = T0.plusSeconds(20_000);
    assertThat(after(5, awake)).as("the machine was paused").isEqualTo(awake);
    assertThat(after(60, awake.plusSeconds(60))).isEqualTo(awake);
    var set = awake.minusSeconds(3_600);
    assertThat(after(60, set)).as("the clock was set back").isEqualTo(set);
  }
}
