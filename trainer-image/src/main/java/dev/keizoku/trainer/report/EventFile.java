package dev.keizoku.trainer.report;

import dev.keizoku.trainer.report.tensorboard.EventFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** A run's log as one TensorBoard event file. */
public final class EventFile {
  private EventFile() {}

  /** Its name in the model's folder, given the moment that it is written. */
  public static String path(Clock clock) {
    return "tensorboard/" + EventFileWriter.fileName(clock.instant(), "keizoku");
  }

  /**
   * The file: steps under {@code train/}, evaluations under {@code perplexity/}.
   *
   * @param timings when each was done, and how fast
   * @param clock stands in where they do not say when
   */
  public static byte[] bytes(MetricsLog log, TimingLog timings, Clock clock) {
    var throughput = timings.throughput();
    var times = timings.times();
    var out = new ByteArrayOutputStream();
    try (var writer = new EventFileWriter(out, begun(log, times).orElseGet(clock::instant))) {
      for (var line : log.lines()) {
        if (line.values().isEmpty()) {
          continue;
        }
        var isStep = line.kind().equals(MetricsLog.STEP);
        var values = new TreeMap<String, Double>();
        line.values()
            .forEach(
                (name, value) -> values.put((isStep ? "train/" : "perplexity/") + name, value));
        if (isStep && throughput.containsKey(line.step())) {
          values.put("train/tokensPerSecond", throughput.get(line.step()));
        }
        writer.scalars(times.of(line).orElseGet(clock::instant), line.step(), values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Optional<Instant> begun(MetricsLog log, TimingLog.Times times) {
    return log.lines().stream().map(times::of).flatMap(Optional::stream).findFirst();
  }
}
