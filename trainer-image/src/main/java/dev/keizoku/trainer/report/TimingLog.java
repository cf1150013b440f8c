package dev.keizoku.trainer.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code timings.jsonl}: when each step and each evaluation was done, and how fast; when
 * checkpoints were saved and gone on from. Kept apart from {@link MetricsLog}, because no two runs
 * have the same: that log is compared to the byte, this one never is. A checkpoint carries it, so
 * that it holds every attempt of an interrupted run.
 */
public final class TimingLog extends StepLog<TimingLog.Line> {
  /** A checkpoint was saved. */
  public static final String CHECKPOINT = "checkpoint";

  /** The devices went on after a checkpoint was copied. */
  public static final String CHECKPOINT_WAIT = "checkpointWait";

  /** An attempt went on from the checkpoint of that step. */
  public static final String RESUMED = "resumed";

  /** A guard sent the run back to that step. */
  public static final String ROLLED_BACK = "rolledBack";

  /**
   * One step, evaluation or event.
   *
   * @param step steps done
   * @param kind {@code step}, {@code evaluation}, or an event: {@value #CHECKPOINT}, {@value
   *     #CHECKPOINT_WAIT}, {@value #RESUMED}, {@value #ROLLED_BACK}
   * @param time when it was done, ISO 8601 in UTC
   * @param tokensPerSecond of a step; null for all else
   * @param waitedSeconds of a checkpoint's wait; null for all else
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      long step, String kind, String time, Double tokensPerSecond, Double waitedSeconds) {}

  /** Notes a step. */
  public void step(long step, Instant time, double tokensPerSecond) {
    add(new Line(step, MetricsLog.STEP, time.toString(), tokensPerSecond, null));
  }

  /** Notes an evaluation. */
  public void evaluation(long step, Instant time) {
    add(new Line(step, MetricsLog.EVALUATION, time.toString(), null, null));
  }

  /** Notes an event of that kind. */
  public void event(String kind, long step, Instant time) {
    add(new Line(step, kind, time.toString(), null, null));
  }

  /** Notes how long the devices waited for a checkpoint. */
  public void waited(long step, Instant time, double seconds) {
    add(new Line(step, CHECKPOINT_WAIT, time.toString(), null, seconds));
  }

  /** Steps of all events of that kind, ascending. */
  public List<Long> steps(String kind) {
    return lines().stream()
        .filter(line -> line.kind().equals(kind))
        .map(Line::step)
        .distinct()
        .sorted()
        .toList();
  }

  /** Tokens a second by step; steps from checkpoints of older programs have none. */
  public Map<Long, Double> throughput() {
    var bySteps = new TreeMap<Long, Double>();
    for (var line : lines()) {
      if (line.tokensPerSecond() != null) {
        bySteps.put(line.step(), line.tokensPerSecond());
      }
    }
    return bySteps;
  }

  /** When the step or evaluation of each line was done, by kind and step. */
  Times times() {
    var times = new TreeMap<String, Instant>();
    lines().forEach(line -> times.put(key(line.kind(), line.step()), Instant.parse(line.time())));
    return metric -> Optional.ofNullable(times.get(key(metric.kind(), metric.step())));
  }

  private static String key(String kind, long step) {
    return kind + " " + step;
  }

  /** The moment of a line of metrics. */
  @FunctionalInterface
  interface Times {
    /** Empty for one from a checkpoint of an older program. */
    Optional<Instant> of(MetricsLog.Line line);
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @param uri where it is from, for the message
   */
  public static TimingLog parse(byte[] bytes, String uri) {
    var log = new TimingLog();
    log.replaceBy(JsonLines.parse(bytes, Line.class, uri, "a log of timings"));
    return log;
  }
}
