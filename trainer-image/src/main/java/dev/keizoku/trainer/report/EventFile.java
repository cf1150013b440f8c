package dev.keizoku.trainer.report;

import dev.keizoku.trainer.report.tensorboard.EventFileWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
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
   * @param throughput tokens a second by step, as far as this attempt has seen it
   */
  public static byte[] bytes(MetricsLog log, Map<Long, Double> throughput, Clock clock) {
    var out = new ByteArrayOutputStream();
    try (var writer = new EventFileWriter(out, clock, 0)) {
      for (var line : log.lines()) {
        if (line.values().isEmpty()) {
          continue;
        }
        var isStep = line.kind().equals("step");
        var values = new TreeMap<String, Double>();
        line.values()
            .forEach(
                (name, value) -> values.put((isStep ? "train/" : "perplexity/") + name, value));
        if (isStep && throughput.containsKey(line.step())) {
          values.put("train/tokensPerSecond", throughput.get(line.step()));
        }
        writer.scalars(line.step(), values);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
