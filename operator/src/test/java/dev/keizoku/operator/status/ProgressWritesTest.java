package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport.Notice;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Progress;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which progress is written into the status. */
class ProgressWritesTest {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private static Progress at(String stage, long step, Long total, long seconds) {
    var percent = total == null ? null : (int) (step * 100 / total);
    var time = T0.plusSeconds(seconds).toString();
    return new Progress(stage, step, total, "steps", percent, null, null, time, time, null);
  }

  private static RunStatus told(RunStatus before, RunStatus now) {
    return ProgressWrites.areDue(before, now, EVERY) ? now : before;
  }

  @ParameterizedTest
  @CsvSource({
    "train, 101, 29, false", // neither a percent nor the time
    "train, 200, 29, false", // a percent, too soon
    "train, 101, 3600, false", // an hour, not a percent
    "train, 200, 30, true",
    "evaluate, 100, 1, true", // another stage is told at once
  })
  void aPercentAndTheTimeAreNeededBoth(String stage, long step, long seconds, boolean written) {
    var before = started().withProgress(at("train", 100, 10_000L, 0));
    var now = before.withProgress(at(stage, step, 10_000L, seconds));
    assertThat(told(before, now)).isEqualTo(written ? now : before);
  }

  @Test
  void aRunOfUnknownLengthIsToldByTime() {
    var before = started().withProgress(at("read", 10, null, 0));
    var soon = before.withProgress(at("read", 11, null, 29));
    var later = before.withProgress(at("read", 11, null, 30));
    assertThat(told(before, soon)).isEqualTo(before);
    assertThat(told(before, later)).isEqualTo(later);
  }

  @Test
  void whateverElseChangesIsWrittenAtOnceWithTheProgress() {
    var before = started().withProgress(at("train", 10, 10_000L, 0));
    var next = at("train", 11, 10_000L, 1);
    var held = new Condition("Queued", "True", "WaitingForQuota", "It waits.", null, null);
    var queued = before.withProgress(next).plus(held);
    assertThat(told(before, queued)).isEqualTo(queued);
    var notice = new Notice(T0.toString(), "CheckpointSkipped", "It was late.");
    var noticed =
        before.withProgress(
            new Progress(
                "train",
                11L,
                10_000L,
                "steps",
                0,
                null,
                null,
                null,
                T0.toString(),
                List.of(notice)));
    assertThat(told(before, noticed)).isEqualTo(noticed);
    assertThat(told(started(), before)).as("the first word").isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"120, 4", "600, 20", "36000, 100"})
  void aRunThatIsAskedEveryFiveSecondsWritesAtMostThat(long seconds, int atMost) {
    var stored = started().withProgress(at("train", 0, seconds, 0));
    int writes = 0;
    for (long second = 5; second <= seconds; second += 5) {
      var next = told(stored, stored.withProgress(at("train", second, seconds, second)));
      writes += next.equals(stored) ? 0 : 1;
      stored = next;
    }
    assertThat(writes).isBetween(atMost / 2, atMost);
  }
}
