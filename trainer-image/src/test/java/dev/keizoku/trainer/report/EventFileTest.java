package dev.keizoku.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.trainer.report.tensorboard.EventFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventFileTest {
  private static final Instant START = Instant.ofEpochMilli(1_754_000_000_250L);
  private static final Instant EXPORT = START.plusSeconds(900);

  @Test
  void everyEventHasTheTimeAtWhichItHappened() throws IOException {
    var log = new MetricsLog();
    log.evaluation(0, Map.of("finance", 12.0));
    log.step(1, Map.of("loss", 3.0));
    log.skipped(2, List.of("finance/a"), "why");
    log.step(3, Map.of("loss", 2.5));
    log.evaluation(3, Map.of("finance", 11.0));
    var timings = new TimingLog();
    timings.evaluation(0, START);
    timings.step(1, START.plusSeconds(7), 100);
    timings.evaluation(3, START.plusSeconds(60));

    var expected = new ByteArrayOutputStream();
    try (var writer = new EventFileWriter(expected, START)) {
      writer.scalars(START, 0, Map.of("perplexity/finance", 12.0));
      writer.scalars(
          START.plusSeconds(7), 1, sorted("train/loss", 3.0, "train/tokensPerSecond", 100.0));
      // The step is from a checkpoint that did not say when it was made.
      writer.scalars(EXPORT, 3, Map.of("train/loss", 2.5));
      writer.scalars(START.plusSeconds(60), 3, Map.of("perplexity/finance", 11.0));
    }
    var read = TimingLog.parse(timings.bytes(), "timings");
    assertThat(EventFile.bytes(log, read, Clock.fixed(EXPORT, ZoneOffset.UTC)))
        .isEqualTo(expected.toByteArray());
  }

  private static Map<String, Double> sorted(String one, double first, String two, double second) {
    return new TreeMap<>(Map.of(one, first, two, second));
  }
}
