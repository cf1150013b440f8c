package dev.keizoku.trainer.parallel.gather;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.List;

/**
 * Units that are whole already, because the rank holds them so or because the ranks share memory.
 *
 * @param layout which parameters they hold
 * @param flats a flat buffer a unit
 */
public record WholeUnits(ShardLayout layout, List<Tensor> flats) implements UnitGather {

  @Override
  public Gathered gather(int unit, int next) {
    // The buffers are their owner's.
    return new Gathered(new UnitTensors(layout.units().get(unit), flats.get(unit)), () -> {});
  }

  @Override
  public void close() {}
}
