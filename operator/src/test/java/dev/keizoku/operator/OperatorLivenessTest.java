package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class OperatorLivenessTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Set<String> deaf = Set.of();
  private Set<String> refused = Set.of();
  private final OperatorLiveness liveness =
      new OperatorLiveness(
          () -> deaf,
          namespace -> refused.contains(namespace),
          ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

  private Status after(int seconds, String... deafTo) {
    now = now.plusSeconds(seconds);
    deaf = Set.of(deafTo);
    return liveness.call().getStatus();
  }

  @Test
  void onlyAnOperatorThatHearsNothingForLongIsStartedAnew() {
    assertThat(after(0)).isEqualTo(Status.UP);
    assertThat(after(60, "team-a")).isEqualTo(Status.UP);
    assertThat(after(299, "team-a")).isEqualTo(Status.UP);
    assertThat(after(1, "team-a")).isEqualTo(Status.DOWN);
    assertThat(after(1)).isEqualTo(Status.UP);
    assertThat(after(1_000, "team-a")).isEqualTo(Status.UP);
  }

  /** Or it would be killed every five minutes for ever, and with it the runs of all others. */
  @Test
  void aNamespaceThatIsGoneIsNoReason() {
    refused = Set.of("gone");
    assertThat(after(0, "gone")).isEqualTo(Status.UP);
    assertThat(after(3_600, "gone")).isEqualTo(Status.UP);
    // Another's watch that has died is, and has its own five minutes.
    assertThat(after(1, "gone", "team-a")).isEqualTo(Status.UP);
    assertThat(after(299, "gone", "team-a")).isEqualTo(Status.UP);
    assertThat(after(1, "gone", "team-a")).isEqualTo(Status.DOWN);
    // Once the namespace is there again, its watch has to come back too.
    refused = Set.of();
    assertThat(after(1, "gone")).isEqualTo(Status.DOWN);
  }
}
