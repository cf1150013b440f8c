package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static List<String> beats(Instant now) {
    var board = new ProgressBoard("uid", "keizoku_x", new SimpleMeterRegistry(), at(NOW));
    board.begin("load", "bytes", 0, 28_000_000_000L);
    board.add(4_000_000_000L);
    board.add(3_000_000_000L);
    var lines = new CopyOnWriteArrayList<String>();
    try (var heart = new Heartbeat(board, at(now), lines::add, Duration.ofMillis(5))) {
      await().until(() -> lines.size() > 1);
    }
    return lines;
  }

  @Test
  void bytesOfALongStageAreInTheLogAgainAndAgain() {
    assertThat(beats(NOW)).contains("load  7,000,000,000 of 28,000,000,000 bytes, 25 %, 0 s left");
  }

  @Test
  void aStageThatStandsStillSaysForHowLong() {
    assertThat(beats(NOW.plusSeconds(130))).allMatch(line -> line.endsWith("; the same for 130 s"));
  }
}
