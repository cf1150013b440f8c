package dev.keizoku.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityBoostTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  /** Minutes before now. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          # phase, started, saved, points
          Running,   7,   -,  7
          Running,  45,   -, 30
          Running,  45,  12, 12
          Running,   3,  12,  3
          Running,   0,   -,  0
          Running,  -5,   -,  0
          Running,   -,  12,  0
          Queued,   45,   -,  0
          """)
  void aRunHasAPointForEachMinuteThatIsNotSaved(
      String phase, Integer started, Integer saved, int points) {
    var text =
        "phase: %s\nattempts: [{number: 1, job: j, jobUid: u%s}]\n%s"
            .formatted(
                phase,
                started == null ? "" : ", startTime: '%s'".formatted(before(started)),
                saved == null
                    ? ""
                    : "lastCheckpoint: {step: 5, time: '%s'}".formatted(before(saved)));
    var status = Serialization.unmarshal(text, RunStatus.class);
    assertThat(new PriorityBoost(30).points(status, NOW)).isEqualTo(points);
  }

  private static Instant before(int minutes) {
    return NOW.minusSeconds(60L * minutes);
  }
}
