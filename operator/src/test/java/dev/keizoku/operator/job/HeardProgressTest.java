package dev.keizoku.operator.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Since when a program stands where it says. */
class HeardProgressTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private static ProgressReport says(String stage, long step, String updated, double loss) {
    var metrics = Map.of("loss", loss);
    return new ProgressReport(
        "uid", stage, step, null, "steps", null, metrics, null, updated, null);
  }

  @Test
  void aMoveIsAnotherStageStepOrPieceOfWorkAndNothingElse() {
    var first = HeardProgress.after(null, says("train", 1, "a", 1.0), T0);
    var later = T0.plusSeconds(5);
    assertThat(first.since()).isEqualTo(T0);
    assertThat(HeardProgress.after(first, says("train", 1, "a", 2.0), later))
        .isEqualTo(new HeardProgress(says("train", 1, "a", 2.0), T0));
    assertThat(HeardProgress.after(first, says("train", 2, "a", 1.0), later).since())
        .isEqualTo(later);
    assertThat(HeardProgress.after(first, says("export", 1, "a", 1.0), later).since())
        .isEqualTo(later);
    assertThat(HeardProgress.after(first, says("train", 1, "b", 1.0), later).since())
        .isEqualTo(later);
  }
}
