package dev.keizoku.trainer.plan.memory;

import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.trainer.parallel.shard.ZeroStage;

/**
 * The choices that decide how much memory a rank needs.
 *
 * @param devices number of ranks N, 1 or more
 * @param zeroStage 0 to 3
 * @param microBatchSize sequences a rank handles at once, 1 or more
 * @param sequenceLength tokens a sequence
 * @param activationCheckpointing keep only each layer's input
 * @param offloadOptimizer keep the optimizer state in host memory
 * @param precision of parameters and activations
 * @param cpuRanks the ranks compute in host memory: they read each other's slices without a copy,
 *     and there is no other memory to offload to
 * @param samples texts that are written at the start and at each evaluation
 */
public record Setting(
    int devices,
    int zeroStage,
    int microBatchSize,
    int sequenceLength,
    boolean activationCheckpointing,
    boolean offloadOptimizer,
    Precision precision,
    boolean cpuRanks,
    Samples samples) {

  /** The same with other choices of what costs speed. */
  public Setting with(
      int newDevices, int newStage, int newMicroBatchSize, boolean recompute, boolean offload) {
    return new Setting(
        newDevices,
        newStage,
        newMicroBatchSize,
        sequenceLength,
        recompute,
        offload,
        precision,
        cpuRanks,
        samples);
  }

  /** The setting of a run. */
  public static Setting of(TrainRun run) {
    var parallelism = run.parallelism();
    return new Setting(
        parallelism.devices(),
        parallelism.zeroStage(),
        run.training().microBatchSize(),
        run.training().sequenceLength(),
        parallelism.activationCheckpointing(),
        parallelism.offloadOptimizer(),
        run.training().precision(),
        parallelism.deviceType() == Parallelism.DeviceType.CPU,
        Samples.of(run));
  }

  /** The stage that says what a rank holds; CPU ranks share memory. */
  int heldStage() {
    return new ZeroStage(zeroStage).held(cpuRanks).number();
  }

  /** Bytes of an element of {@link #precision}. */
  long elementBytes() {
    return precision == Precision.BF16 ? 2 : 4;
  }

  /** Tokens T that a rank handles at once. */
  long microBatchTokens() {
    return (long) microBatchSize * sequenceLength;
  }
}
