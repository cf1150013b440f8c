package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.trainer.parallel.collective.Collectives;
import dev.keizoku.trainer.parallel.shard.ShardLayout;

/**
 * Where a rank stands.
 *
 * @param collectives what it does with the others
 * @param settings of the run
 * @param layout slices of parameters, gradients and optimizer state
 * @param memory of the rank's device
 * @param optimizerMemory where the optimizer's state is: {@code memory} itself, or the host's
 */
record Rank(
    Collectives collectives,
    RankSettings settings,
    ShardLayout layout,
    DeviceMemory memory,
    DeviceMemory optimizerMemory) {

  /** Of this rank, from 0. */
  int number() {
    return collectives.rank();
  }

  /** Number of units. */
  int units() {
    return layout.units().size();
  }

  /** Elements of a unit that this rank updates. */
  long updatedLength(int unit) {
    return settings.stage().shardsOptimizer()
        ? layout.sliceLength(unit)
        : layout.paddedLength(unit);
  }

  /** Where in the unit's flat buffer they begin. */
  long updatedStart(int unit) {
    return settings.stage().shardsOptimizer() ? layout.sliceStart(unit, number()) : 0;
  }
}
