package dev.keizoku.trainer.report.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Writes one TensorBoard event file. Every attempt of a run writes its own file into the same
 * folder; TensorBoard reads them in the order of their names. Not safe for use from many threads.
 */
public final class EventFileWriter implements AutoCloseable {
  private final OutputStream out;
  private final RecordOutput records;
  private final Clock clock;

  /**
   * Begins a file.
   *
   * @param out where it goes; closed with the writer
   * @param clock gives each record its wall time
   * @param firstStep the first step of this attempt: 0 for a fresh start; after a checkpoint of
   *     step n it is n + 1, and what earlier files say of that step and later ones is dropped by
   *     the reader
   * @throws IOException when {@code out} cannot be written
   */
  public EventFileWriter(OutputStream out, Clock clock, long firstStep) throws IOException {
    if (firstStep < 0) {
      throw new IllegalArgumentException("first step " + firstStep + " is below 0");
    }
    this.out = out;
    this.clock = clock;
    records = new RecordOutput(out);
    records.write(EventMessage.version(now()));
    if (firstStep > 0) {
      records.write(EventMessage.restart(now(), firstStep));
    }
  }

  /**
   * The name that TensorBoard looks for, {@code events.out.tfevents.<seconds>.<host>}.
   *
   * @param start of this attempt; later attempts sort behind earlier ones
   * @param host pod or machine name
   */
  public static String fileName(Instant start, String host) {
    return String.format(Locale.ROOT, "events.out.tfevents.%010d.%s", start.getEpochSecond(), host);
  }

  /**
   * Appends the scalars of a step.
   *
   * @param step optimizer step, 0 or more
   * @param values by tag, for instance {@code loss/train}; stored as fp32, NaN and infinities too
   */
  public void scalars(long step, Map<String, Double> values) throws IOException {
    if (step < 0) {
      throw new IllegalArgumentException("step " + step + " is below 0");
    }
    records.write(EventMessage.scalars(now(), step, values));
  }

  /** Hands what was written to the operating system. */
  public void flush() throws IOException {
    out.flush();
  }

  private double now() {
    return clock.millis() / 1e3;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
