package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.List;

/** One rank's share of what a checkpoint holds: fp32 values and moments, a slice a unit. */
public final class RankState {
  private final RankTrainer rank;
  private final ShardLayout layout;

  RankState(RankTrainer rank, ShardLayout layout) {
    this.rank = rank;
    this.layout = layout;
  }

  /** Number of units. */
  public int units() {
    return layout.units().size();
  }

  /** First element of the unit's flat buffer that this rank has. */
  public long start(int unit) {
    return rank.sliceStart(unit);
  }

  /** Values, first moments and second moments of those elements, each 1-D fp32. */
  public List<Tensor> tensors(int unit) {
    return rank.optimizerState(unit);
  }

  /** Elements that are parameters; what follows in the tensors is padding. */
  public long elements(int unit) {
    var held = tensors(unit).getFirst().elements();
    return Math.max(0, Math.min(held, layout.units().get(unit).elements() - start(unit)));
  }
}
