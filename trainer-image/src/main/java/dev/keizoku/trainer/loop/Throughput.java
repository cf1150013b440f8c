package dev.keizoku.trainer.loop;

import dev.keizoku.trainer.report.TimingLog;
import java.time.Clock;
import java.util.function.LongSupplier;

/** Measures tokens a second of each step, and notes when steps, evaluations and checkpoints are. */
final class Throughput {
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final TimingLog log;
  private long begun;

  /**
   * @param nanoTime a clock for differences, {@code System::nanoTime}
   * @param clock for wall times
   * @param log what is measured goes there
   */
  Throughput(LongSupplier nanoTime, Clock clock, TimingLog log) {
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.log = log;
  }

  void begin() {
    begun = nanoTime.getAsLong();
  }

  double end(long step, long tokens) {
    var perSecond = tokens * 1e9 / Math.max(1, nanoTime.getAsLong() - begun);
    log.step(step, clock.instant(), perSecond);
    return perSecond;
  }

  void evaluated(long step) {
    log.evaluation(step, clock.instant());
  }

  void saved(long step) {
    log.event(TimingLog.CHECKPOINT, step, clock.instant());
  }

  void resumed(long step) {
    log.event(TimingLog.RESUMED, step, clock.instant());
  }

  void rolledBack(long step) {
    log.event(TimingLog.ROLLED_BACK, step, clock.instant());
  }
}
