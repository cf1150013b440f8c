package dev.keizoku.trainer.parallel.gather;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;
import dev.keizoku.trainer.parallel.collective.RankThreads;
import dev.keizoku.trainer.parallel.collective.Slices;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/**
 * Units whose slices are copied from the ranks that hold them, by a thread of their own: while the
 * rank computes with one unit, the next is fetched into a second buffer. There are never more than
 * the units in use and one ahead.
 *
 * <p>On CUDA devices the thread puts its copies into the devices' default streams, so that they
 * keep their order with the computation there; a stream of their own is not used.
 */
public final class FetchedUnits implements UnitGather {
  private final Slices slices;
  private final ShardLayout layout;
  private final DeviceMemory memory;
  private final ExecutorService thread;
  // Views that the thread makes; nobody else touches it.
  private final DeviceMemory threadViews;
  // Views that the model makes of units in use. They go with the unit: a view that stayed, in what
  // a layer keeps for its backward pass, would keep the whole unit's memory.
  private final DeviceMemory views;
  private Fetch ahead;

  /**
   * @param memory of the rank
   * @param name of the rank, for its thread
   */
  public FetchedUnits(Slices slices, ShardLayout layout, DeviceMemory memory, String name) {
    this.slices = slices;
    this.layout = layout;
    this.memory = memory;
    thread = RankThreads.thread(name + "-fetch");
    threadViews = new DeviceMemory(memory.device());
    views = new DeviceMemory(memory.device());
  }

  private record Fetch(int unit, Tensor flat, TensorScope scope, CompletableFuture<Void> done) {}

  @Override
  public Gathered gather(int unit, int next) {
    if (ahead != null && ahead.unit() != unit) {
      dropAhead();
    }
    var current = ahead != null ? ahead : begin(unit);
    ahead = next == NONE ? null : begin(next);
    try {
      current.done().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    return gathered(current);
  }

  private Gathered gathered(Fetch fetch) {
    var scope = views.scope();
    var tensors = new UnitTensors(layout.units().get(fetch.unit()), views.alias(fetch.flat()));
    return new Gathered(
        tensors,
        () -> {
          scope.close();
          fetch.scope().close();
        });
  }

  private Fetch begin(int unit) {
    var scope = memory.scope();
    var flat = memory.empty(slices.own(unit).type(), layout.paddedLength(unit));
    scope.leave();
    return new Fetch(
        unit, flat, scope, CompletableFuture.runAsync(() -> copyAll(unit, flat), thread));
  }

  private void copyAll(int unit, Tensor flat) {
    try (var scope = threadViews.scope()) {
      slices.copyInto(threadViews.alias(flat), unit);
    }
  }

  private void dropAhead() {
    ahead.done().exceptionally(failed -> null).join();
    ahead.scope().close();
    ahead = null;
  }

  @Override
  public void close() {
    if (ahead != null) {
      dropAhead();
    }
    thread.close();
    threadViews.close();
    views.close();
  }
}
