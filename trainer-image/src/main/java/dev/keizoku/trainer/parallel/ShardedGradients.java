package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of one rank, summed in fp32 over the micro-batches of a step. Below stage 2 they
 * are kept whole and exchanged once a step; from stage 2 on each layer's are summed over the ranks
 * as soon as its backward pass is done, and only the rank's own slice stays.
 *
 * <p>Sums over ranks are made in the order of the ranks, so they do not depend on timing.
 */
public final class ShardedGradients {
  private final RankGroup group;
  private final int rank;
  private final ZeroStage stage;
  private final ShardLayout layout;
  private final DeviceMemory memory;
  private final DataType type;
  private final List<Tensor> sums = new ArrayList<>();

  ShardedGradients(
      RankGroup group,
      int rank,
      ZeroStage stage,
      ShardLayout layout,
      DeviceMemory memory,
      DataType type) {
    this.group = group;
    this.rank = rank;
    this.stage = stage;
    this.layout = layout;
    this.memory = memory;
    this.type = type;
    for (var unit = 0; unit < layout.units().size(); unit++) {
      sums.add(
          memory.zeros(
              DataType.FLOAT32,
              stage.shardsGradients() ? layout.sliceLength(unit) : layout.paddedLength(unit)));
    }
  }

  private boolean writesIntoSums() {
    return type == DataType.FLOAT32 && !stage.shardsGradients();
  }

  /** Begins a step. */
  void clear() {
    sums.forEach(AtenCalls::zero);
  }

  /** Where the backward pass of a unit adds its gradients. */
  Target open(int unit) {
    var scope = memory.scope();
    var flat = writesIntoSums() ? sums.get(unit) : memory.zeros(type, layout.paddedLength(unit));
    scope.leave();
    return new Target(unit, new UnitTensors(layout.units().get(unit), flat), scope);
  }

  /**
   * Gradients of one unit and one micro-batch.
   *
   * @param unit which
   * @param tensors accumulators
   * @param scope what was allocated for it
   */
  record Target(int unit, UnitTensors tensors, TensorScope scope) {}

  /** Takes the gradients over; every rank does so for the same units in the same order. */
  void close(Target target) {
    var unit = target.unit();
    var flat = target.tensors().flat();
    if (stage.shardsGradients()) {
      group.show(rank, flat);
      group.await();
      for (var peer = 0; peer < group.size(); peer++) {
        PeerCopies.add(sums.get(unit), group.shownBy(peer), layout.sliceStart(unit, rank));
      }
      // Nobody frees what another still reads.
      group.await();
    } else if (!writesIntoSums()) {
      AtenCalls.addInPlace(sums.get(unit), flat, 1);
    }
    target.scope().close();
  }

  /**
   * Ends a step: the sums over all ranks are in {@link #updated}.
   *
   * @return the sum of squares of what this rank updates
   */
  double reduce() {
    if (!stage.shardsGradients() && group.size() > 1) {
      exchange();
    }
    var squares = 0.0;
    for (var unit = 0; unit < sums.size(); unit++) {
      try (var scope = memory.scope()) {
        var norm = memory.empty(DataType.FLOAT32, 1);
        AtenCalls.norm(norm, updated(unit));
        var value = (double) HostCopy.floats(norm)[0];
        squares += value * value;
      }
    }
    return squares;
  }

  // Reduce-scatter, and in stage 0 an all-gather of the result.
  private void exchange() {
    group.await();
    for (var unit = 0; unit < sums.size(); unit++) {
      try (var scope = memory.scope()) {
        var start = layout.sliceStart(unit, rank);
        var slice = sums.get(unit).narrow(0, start, layout.sliceLength(unit));
        var total = memory.zeros(DataType.FLOAT32, slice.elements());
        for (var peer = 0; peer < group.size(); peer++) {
          PeerCopies.add(total, peerSums(peer, unit), start);
        }
        AtenCalls.copy(slice, total);
      }
    }
    group.await();
    if (!stage.shardsOptimizer()) {
      gatherSums();
      group.await();
    }
  }

  private void gatherSums() {
    for (var unit = 0; unit < sums.size(); unit++) {
      try (var scope = memory.scope()) {
        for (var peer = 0; peer < group.size(); peer++) {
          if (peer != rank) {
            var start = layout.sliceStart(unit, peer);
            var slice = sums.get(unit).narrow(0, start, layout.sliceLength(unit));
            PeerCopies.copy(slice, peerSums(peer, unit), start);
          }
        }
      }
    }
  }

  private Tensor peerSums(int peer, int unit) {
    return group.member(peer).gradients().sums.get(unit);
  }

  /** The fp32 gradients of what this rank updates of a unit. */
  Tensor updated(int unit) {
    return stage.shardsOptimizer() && !stage.shardsGradients()
        ? sums.get(unit).narrow(0, layout.sliceStart(unit, rank), layout.sliceLength(unit))
        : sums.get(unit);
  }

  /** Bytes that are held between steps. */
  long bytes() {
    return sums.stream().mapToLong(t -> t.elements() * Float.BYTES).sum();
  }
}
