package dev.keizoku.trainer.report.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Writes one TensorBoard event file, that of a whole run. Not safe for use from many threads. */
public final class EventFileWriter implements AutoCloseable {
  private final OutputStream out;
  private final RecordOutput records;

  /**
   * Begins a file.
   *
   * @param out where it goes; closed with the writer
   * @param start wall time of the first record
   * @throws IOException when {@code out} cannot be written
   */
  public EventFileWriter(OutputStream out, Instant start) throws IOException {
    this.out = out;
    records = new RecordOutput(out);
    records.write(EventMessage.version(seconds(start)));
  }

  /**
   * The name that TensorBoard looks for, {@code events.out.tfevents.<seconds>.<host>}.
   *
   * @param start of the run; later ones sort behind earlier ones
   * @param host pod or machine name
   */
  public static String fileName(Instant start, String host) {
    return String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", start.getEpochSecond(), host);
  }

  /**
   * Appends the scalars of a step.
   *
   * @param time wall time of the step
   * @param step optimizer step, 0 or more
   * @param values by tag, for instance {@code loss/train}; stored as fp32, NaN and infinities too
   */
  public void scalars(Instant time, long step, Map<String, Double> values) throws IOException {
    if (step < 0) {
      throw new IllegalArgumentException("step " + step + " is below 0");
    }
    records.write(EventMessage.scalars(seconds(time), step, values));
  }

  /** Hands what was written to the operating system. */
  public void flush() throws IOException {
    out.flush();
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1e3;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
