package dev.keizoku.trainer.parallel.gather;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;
import dev.keizoku.trainer.parallel.collective.Slices;
import dev.keizoku.trainer.parallel.shard.ShardLayout;

/**
 * Units whose slices are copied from the ranks that hold them: while the rank computes with one
 * unit, the next is fetched into a second buffer. There are never more than the units in use and
 * one ahead.
 */
public final class FetchedUnits implements UnitGather {
  private final Slices slices;
  private final ShardLayout layout;
  private final DeviceMemory memory;
  // Views that the model makes of units in use. They go with the unit: a view that stayed, in what
  // a layer keeps for its backward pass, would keep the whole unit's memory.
  private final DeviceMemory views;
  private Fetched ahead;

  /**
   * @param memory of the rank
   */
  public FetchedUnits(Slices slices, ShardLayout layout, DeviceMemory memory) {
    this.slices = slices;
    this.layout = layout;
    this.memory = memory;
    views = new DeviceMemory(memory.device());
  }

  private record Fetched(int unit, Tensor flat, TensorScope scope, Slices.Fetch copy) {}

  @Override
  public Gathered gather(int unit, int next) {
    if (ahead != null && ahead.unit() != unit) {
      dropAhead();
    }
    var current = ahead != null ? ahead : begin(unit);
    ahead = next == NONE ? null : begin(next);
    current.copy().await();
    return gathered(current);
  }

  private Gathered gathered(Fetched fetched) {
    var scope = views.scope();
    var tensors = new UnitTensors(layout.units().get(fetched.unit()), views.alias(fetched.flat()));
    return new Gathered(
        tensors,
        () -> {
          scope.close();
          fetched.scope().close();
        });
  }

  private Fetched begin(int unit) {
    var scope = memory.scope();
    var flat = memory.empty(slices.own(unit).type(), layout.paddedLength(unit));
    scope.leave();
    return new Fetched(unit, flat, scope, slices.fetch(flat, unit));
  }

  private void dropAhead() {
    ahead.copy().join();
    ahead.scope().close();
    ahead = null;
  }

  @Override
  public void close() {
    if (ahead != null) {
      dropAhead();
    }
    views.close();
  }
}
