package dev.keizoku.trainer.stage;

import dev.keizoku.trainer.report.TimingLog;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Measures tokens a second of each step, and notes when steps, evaluations and checkpoints are. */
public final class Throughput {
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final TimingLog log;
  private long begun;
  private long saved;
  private long waitedFrom;

  /**
   * @param nanoTime a clock for differences, {@code System::nanoTime}
   * @param clock for wall times
   * @param log what is measured goes there
   */
  public Throughput(LongSupplier nanoTime, Clock clock, TimingLog log) {
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.log = log;
  }

  /** A step begins. */
  public void begin() {
    begun = nanoTime.getAsLong();
  }

  /** A step is done; gives its tokens a second. */
  public double end(long step, long tokens) {
    var perSecond = tokens * 1e9 / Math.max(1, nanoTime.getAsLong() - begun);
    log.step(step, clock.instant(), perSecond);
    return perSecond;
  }

  /** The held-out sets were measured. */
  public void evaluated(long step) {
    log.evaluation(step, clock.instant());
  }

  /** Training begins; the first checkpoint's interval counts from here. */
  public void started() {
    saved = nanoTime.getAsLong();
  }

  /** The devices begin to wait for a checkpoint. */
  public void waits() {
    waitedFrom = nanoTime.getAsLong();
  }

  /** There will be a checkpoint. */
  public void saved(long step) {
    log.event(TimingLog.CHECKPOINT, step, clock.instant());
  }

  /**
   * How long the devices waited for a checkpoint.
   *
   * @param seconds of waiting
   * @param percent of the time since the checkpoint before
   */
  public record Wait(double seconds, double percent) {}

  /** The devices go on. */
  public Wait goesOn(long step) {
    var now = nanoTime.getAsLong();
    var waited = now - waitedFrom;
    var wait = new Wait(waited / 1e9, 100.0 * waited / Math.max(1, now - saved));
    saved = now;
    log.waited(step, clock.instant(), wait.seconds());
    return wait;
  }

  /** An attempt goes on from a checkpoint. */
  public void resumed(long step) {
    log.event(TimingLog.RESUMED, step, clock.instant());
  }

  /** A guard sent the run back to that step. */
  public void rolledBack(long step) {
    log.event(TimingLog.ROLLED_BACK, step, clock.instant());
  }
}
