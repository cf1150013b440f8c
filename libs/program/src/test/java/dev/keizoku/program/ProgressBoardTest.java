package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.ProgressReport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProgressBoardTest {
  private final ProgressBoard board =
      new ProgressBoard(
          "uid",
          "keizoku_test",
          new SimpleMeterRegistry(),
          Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  @Test
  void theNewestNoticesStay() {
    assertThat(board.report().notices()).isNull();
    for (var i = 0; i < 20; i++) {
      board.notice(Reason.STEP_SKIPPED, "Step " + i + ".");
    }
    var notices = board.report().notices();
    assertThat(notices).hasSize(ProgressReport.MAX_NOTICES);
    assertThat(notices.getLast())
        .isEqualTo(new ProgressReport.Notice("2026-01-02T03:04:05Z", "StepSkipped", "Step 19."));
  }

  /** A stage of an hour that is one unit of work is no standstill while its bytes come. */
  @Test
  void bytesThatMoveAreWorkThatGoesOn() {
    var now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    var loading = new ProgressBoard("uid", "keizoku_load", new SimpleMeterRegistry(), at(now));
    loading.begin("prepare", "steps", 0, null);
    now.updateAndGet(t -> t.plusSeconds(1_000));
    loading.moved(0);
    assertThat(loading.report().lastUpdatedTime()).isEqualTo("2026-01-02T03:04:05Z");
    loading.moved(12);
    assertThat(loading.report().lastUpdatedTime()).isEqualTo("2026-01-02T03:20:45Z");
    assertThat(loading.report().step()).isZero();
  }

  @Test
  void aLongNoticeIsCutOff() {
    board.notice(Reason.ROLLED_BACK, "x".repeat(10_000));
    assertThat(board.report().notices().getFirst().message()).hasSize(512).endsWith("x...");
  }

  @Test
  void aCountThatGrowsHasItsRate() {
    var now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    var moving = new ProgressBoard("uid", "keizoku_test", new SimpleMeterRegistry(), at(now));
    moving.begin("read", "documents", 0, null);
    now.set(now.get().plusSeconds(10));
    moving.count("bytes", 5000);
    assertThat(moving.report().metrics())
        .containsEntry("bytes", 5000.0)
        .containsEntry("bytesPerSecond", 500.0);
  }

  private static Clock at(AtomicReference<Instant> now) {
    return ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  }
}
