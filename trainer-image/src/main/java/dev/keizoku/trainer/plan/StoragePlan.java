package dev.keizoku.trainer.plan;

import dev.keizoku.contract.train.Training;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run moves and keeps, and how long that takes at assumed speeds: all of them are within
 * reach of one node, none was measured on the run's own.
 *
 * @param reads before the first step
 * @param checkpointBytes of one checkpoint
 * @param inMemory whether its copy goes to host memory, not to the scratch volume
 * @param stallSeconds for which the devices wait at each checkpoint
 * @param interval seconds between two checkpoints; empty when the speed is not known
 * @param writtenBytes to the store in all: checkpoints, and the model
 */
public record StoragePlan(
    Reads reads,
    long checkpointBytes,
    boolean inMemory,
    double stallSeconds,
    Optional<Double> interval,
    long writtenBytes) {
  private static final double STORE = 250e6;
  private static final double DISK = 500e6;
  private static final double MEMORY = 4e9;

  /** Of each device to host memory, over PCIe. */
  private static final double LINK = 8e9;

  private static final String BASIS =
      String.format(
          Locale.ROOT,
          "assumed: %.0f MB/s to and from the store, %.0f MB/s to the scratch volume, %.0f GB/s from"
              + " a GPU and %.0f GB/s within host memory",
          STORE / 1e6,
          DISK / 1e6,
          LINK / 1e9,
          MEMORY / 1e9);

  /** What follows from a plan. */
  static StoragePlan of(TrainingPlan plan) {
    var run = plan.run();
    var bytes = plan.checkpointBytes();
    var steps = plan.length().steps();
    long every = Math.min(run.checkpoint().steps(), steps);
    var perSecond =
        plan.checkpointInMemory()
            ? plan.setting().cpuRanks() ? MEMORY : LINK * plan.setting().devices()
            : DISK;
    var model = plan.layout().config().parameters() * numberBytes(run.training());
    return new StoragePlan(
        plan.reads(),
        bytes,
        plan.checkpointInMemory(),
        bytes / perSecond,
        plan.speed().map(s -> every * plan.length().tokensPerStep() / s.tokensPerSecond()),
        Math.ceilDiv(steps, every) * bytes + model);
  }

  private static long numberBytes(Training training) {
    return training.exportPrecision() == Training.Precision.BF16 ? 2 : Float.BYTES;
  }

  /** Most that lies on the scratch volume at once. */
  public long scratchBytes() {
    return reads.corpusBytes() + (inMemory ? 0 : checkpointBytes);
  }

  /** For what is read before the first step. */
  public double loadSeconds() {
    return reads.bytes() / STORE;
  }

  /** For which a checkpoint is on its way while the devices go on. */
  public double uploadSeconds() {
    return checkpointBytes / STORE;
  }

  /** The devices' wait in percent of the time between two checkpoints. */
  public Optional<Double> stallPercent() {
    return interval.map(seconds -> 100 * stallSeconds / (seconds + stallSeconds));
  }

  /** The speeds that the seconds are from. */
  public String basis() {
    return BASIS;
  }
}
