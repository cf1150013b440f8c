package dev.keizoku.trainer.parallel;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.trainer.parallel.shard.ZeroStage;

/**
 * How a run is spread over devices; the same for every rank.
 *
 * @param stage what is sharded
 * @param type of the parameters
 * @param recompute activation checkpointing
 * @param offload keep the optimizer's state in host memory and update it there
 * @param threadsPerRank threads of one operator on a CPU
 */
record RankSettings(
    ZeroStage stage, DataType type, boolean recompute, boolean offload, int threadsPerRank) {

  /**
   * The settings of a run.
   *
   * @param cores processors of this machine, shared by CPU ranks
   */
  static RankSettings of(TrainRun run, int cores) {
    var parallelism = run.parallelism();
    var half = run.training().precision() == Training.Precision.BF16;
    return new RankSettings(
        new ZeroStage(parallelism.zeroStage()),
        half ? DataType.BFLOAT16 : DataType.FLOAT32,
        parallelism.activationCheckpointing(),
        parallelism.offloadOptimizer(),
        Math.max(1, cores / parallelism.devices()));
  }

  /** True when the optimizer updates fp32 weights that are not the model's own. */
  boolean separateMasters() {
    return type != DataType.FLOAT32 || offload;
  }
}
