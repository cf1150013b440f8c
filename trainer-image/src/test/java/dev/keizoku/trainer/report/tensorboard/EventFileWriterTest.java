package dev.keizoku.trainer.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Golden files by {@code src/test/python/make_tensorboard_events.py}, equal to the last byte. */
class EventFileWriterTest {
  private static final Instant START = Instant.ofEpochMilli(1_754_000_000_250L);

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  @Test
  void writesWhatTensorBoardsOwnEncoderWrites() throws IOException {
    try (var writer = new EventFileWriter(file, START)) {
      var first = new LinkedHashMap<String, Double>();
      first.put("loss/train", 2.5);
      first.put("perplexity/金融", 12.25);
      writer.scalars(START, 0, first);
      writer.scalars(START, 1, Map.of("loss/train", 2.25));
      writer.scalars(START, 200, Map.of("loss/train", 0.0));
      writer.scalars(START, 70_000, Map.of("loss/train", Double.POSITIVE_INFINITY));
    }
    assertThat(file.toByteArray()).isEqualTo(golden("events.out.tfevents.1754000000.pod-1"));
  }

  @Test
  void namesSortByStart() {
    assertThat(EventFileWriter.fileName(START, "pod-1"))
        .isEqualTo("events.out.tfevents.1754000000.pod-1")
        .isLessThan(EventFileWriter.fileName(START.plusSeconds(100), "pod-0"));
  }

  @Test
  void refusesStepsBelowZero() throws IOException {
    try (var writer = new EventFileWriter(file, START)) {
      assertThatThrownBy(() -> writer.scalars(START, -1, Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] golden(String name) throws IOException {
    try (var in = EventFileWriterTest.class.getResourceAsStream("/golden/tensorboard/" + name)) {
      return in.readAllBytes();
    }
  }
}
