package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class OperatorLivenessTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicBoolean hears = new AtomicBoolean(true);
  private final OperatorLiveness liveness =
      new OperatorLiveness(hears::get, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  private Status after(int seconds, boolean heard) {
    now = now.plusSeconds(seconds);
    hears.set(heard);
    return liveness.call().getStatus();
  }

  @Test
  void onlyAnOperatorThatHearsNothingForLongIsStartedAnew() {
    assertThat(after(0, true)).isEqualTo(Status.UP);
    assertThat(after(60, false)).isEqualTo(Status.UP);
    assertThat(after(299, false)).isEqualTo(Status.UP);
    assertThat(after(1, false)).isEqualTo(Status.DOWN);
    assertThat(after(1, true)).isEqualTo(Status.UP);
    assertThat(after(1_000, false)).isEqualTo(Status.UP);
  }
}
