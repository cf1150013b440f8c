package dev.keizoku.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class LooksEndTest {

  @Test
  void onlyALookThatHangsStartsTheOperatorAnew() {
    assertThat(after(Duration.ZERO)).isEqualTo(Status.UP);
    // An API server that is away for long lets a look wait for each of its requests.
    assertThat(after(Duration.ofMinutes(20))).isEqualTo(Status.UP);
    assertThat(after(Duration.ofMinutes(30))).isEqualTo(Status.DOWN);
  }

  private static Status after(Duration longest) {
    return new LooksEnd(() -> longest).call().getStatus();
  }
}
