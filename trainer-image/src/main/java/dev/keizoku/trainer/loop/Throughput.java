package dev.keizoku.trainer.loop;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Tokens a second of each step. Kept apart from the log: no two runs have the same. */
final class Throughput {
  private final LongSupplier nanoTime;
  private final Map<Long, Double> bySteps = new TreeMap<>();
  private long begun;

  /**
   * @param nanoTime a clock for differences, {@code System::nanoTime}
   */
  Throughput(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void begin() {
    begun = nanoTime.getAsLong();
  }

  double end(long step, long tokens) {
    var perSecond = tokens * 1e9 / Math.max(1, nanoTime.getAsLong() - begun);
    bySteps.put(step, perSecond);
    return perSecond;
  }

  Map<Long, Double> bySteps() {
    return bySteps;
  }
}
