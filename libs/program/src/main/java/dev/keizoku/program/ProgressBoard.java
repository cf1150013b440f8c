package dev.keizoku.program;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.ProgressReport;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the work writes how far it is, and where {@code GET /progress} and {@code GET /metrics}
 * read it. Any thread may write and any may read.
 */
public final class ProgressBoard {
  private static final int NOTICE_CHARACTERS = 512;
  private final String runUid;
  private final String metricPrefix;
  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, Double> metrics = new ConcurrentHashMap<>();
  private final Deque<ProgressReport.Notice> notices = new ArrayDeque<>();

  private String stage = "start";
  private String unit = "steps";
  private long step;
  private Long totalSteps;
  private Long lastCheckpointStep;
  private Instant updated;
  private volatile Instant moved = Instant.MIN;
  private long stageFirstStep;
  private Instant stageStart;

  /**
   * @param metricPrefix first part of every metric's name, for instance {@code keizoku_train}
   */
  public ProgressBoard(String runUid, String metricPrefix, MeterRegistry registry, Clock clock) {
    this.runUid = runUid;
    this.metricPrefix = metricPrefix;
    this.registry = registry;
    this.clock = clock;
    this.updated = clock.instant();
    this.stageStart = updated;
    Gauge.builder(metricPrefix + "_step", this, b -> b.report().step()).register(registry);
  }

  /**
   * Begins a stage at {@code firstStep}; the estimate of the time left counts from here.
   *
   * @param unit {@code documents}, {@code steps}, {@code requests}, {@code bytes}, ...
   * @param totalSteps units in all; null while not known
   */
  public synchronized void begin(String stage, String unit, long firstStep, Long totalSteps) {
    this.stage = stage;
    this.unit = unit;
    this.step = firstStep;
    this.totalSteps = totalSteps;
    stageFirstStep = firstStep;
    stageStart = clock.instant();
    updated = stageStart;
  }

  /** Units of this stage done so far. */
  public synchronized void step(long done) {
    step = done;
    updated = clock.instant();
  }

  /**
   * Bytes came or went: the work goes on, though no unit of its stage is done. From any thread.
   *
   * @param bytes how many; 0 says nothing
   */
  public void moved(long bytes) {
    if (bytes > 0) {
      moved = clock.instant();
    }
  }

  /** Sets a number that grows through the stage, and how much it grows a second. */
  public void count(String name, double value) {
    metric(name, value);
    double seconds = secondsOfStage();
    if (seconds > 0) {
      metric(name + "PerSecond", value / seconds);
    }
  }

  private synchronized double secondsOfStage() {
    return stageStart.until(clock.instant(), ChronoUnit.MILLIS) / 1000.0;
  }

  /** More units of this stage are done; for work that several threads do in parts. */
  public synchronized void add(long more) {
    step(step + more);
  }

  /** When something was last told, of whatever kind. */
  synchronized Instant updated() {
    return updated.isAfter(moved) ? updated : moved;
  }

  /** Optimizer step of the newest committed checkpoint. */
  public synchronized void checkpoint(long committedStep) {
    lastCheckpointStep = committedStep;
    updated = clock.instant();
  }

  /**
   * Tells that something happened which a person should hear of, but which does not end the run.
   *
   * @param reason what happened
   * @param message one sentence without secrets; what is beyond 512 characters is cut off
   */
  public synchronized void notice(Reason reason, String message) {
    if (notices.size() == ProgressReport.MAX_NOTICES) {
      notices.removeFirst();
    }
    var text =
        message.length() <= NOTICE_CHARACTERS
            ? message
            : message.substring(0, NOTICE_CHARACTERS - 3) + "...";
    notices.add(new ProgressReport.Notice(time(clock.instant()), reason.word(), text));
  }

  /** Sets a number that the report and, in snake case behind the prefix, the metrics show. */
  public void metric(String name, double value) {
    if (metrics.put(name, value) == null) {
      var snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
      Gauge.builder(metricPrefix + "_" + snake, metrics, m -> m.getOrDefault(name, Double.NaN))
          .register(registry);
    }
  }

  /** How far the work is now. */
  public synchronized ProgressReport report() {
    // JSON has no NaN; a diverged loss is a condition, not a number.
    var finite = new TreeMap<>(metrics);
    finite.values().removeIf(v -> !Double.isFinite(v));
    return new ProgressReport(
        runUid,
        stage,
        step,
        totalSteps,
        unit,
        remainingSeconds(),
        finite,
        lastCheckpointStep,
        time(updated()),
        notices.isEmpty() ? null : List.copyOf(notices));
  }

  /** Units of this stage a second; 0 while not known. */
  public synchronized double perSecond() {
    var millis = stageStart.until(updated, ChronoUnit.MILLIS);
    return millis <= 0 ? 0 : (step - stageFirstStep) * 1000.0 / millis;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private Long remainingSeconds() {
    var done = step - stageFirstStep;
    if (totalSteps == null || done <= 0) {
      return null;
    }
    var millis = stageStart.until(updated, ChronoUnit.MILLIS);
    return Math.max(0, Math.round((double) millis / done * (totalSteps - step) / 1000));
  }
}
