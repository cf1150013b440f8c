package dev.keizoku.trainer.parallel.shard;

import dev.keizoku.llm.config.ParameterUnit;
import java.util.List;

/**
 * How the flat buffer of each unit is cut into one slice a rank. Slices are equal; the last ones
 * may reach past the parameters into padding.
 *
 * @param units in forward order
 * @param ranks number of slices
 */
public record ShardLayout(List<ParameterUnit> units, int ranks) {
  // 64 bytes of bf16, so that no vector of one rank's slice belongs to another.
  private static final long ALIGNMENT = 32;

  /** Length of a unit's slice, in elements. */
  public long sliceLength(int unit) {
    var perRank = (units.get(unit).elements() + ranks - 1) / ranks;
    return (perRank + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Length of a unit's padded flat buffer, in elements. */
  public long paddedLength(int unit) {
    return sliceLength(unit) * ranks;
  }

  /** Where a rank's slice begins in the unit's flat buffer. */
  public long sliceStart(int unit, int rank) {
    return sliceLength(unit) * rank;
  }
}
