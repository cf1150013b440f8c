package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The gradients of one rank. A block's gradients of one micro-batch are in the parameters' type;
 * those of the embedding and the output layer, which are sums over many tokens and chunks, are fp32
 * from the start. Over the micro-batches of a step and over the ranks all are summed in fp32. Below
 * stage 2 the sums are kept whole and exchanged once a step; from stage 2 on, and from stage 1 on
 * where ranks share memory, each layer's are summed over the ranks as soon as its backward pass is
 * done.
 *
 * <p>Sums over ranks are made in the order of the ranks, so they do not depend on timing.
 */
final class ShardedGradients {
  private final Rank rank;
  private final RankGroup group;
  private final ZeroStage stage;
  private final ShardLayout layout;
  private final DeviceMemory memory;
  private final boolean sliced;
  private final List<Tensor> sums = new ArrayList<>();
  // The sums of all ranks, when they share memory; else empty.
  private final List<Tensor> sharedSums = new ArrayList<>();
  // Units that have a sum in this step already, where they are shared.
  private final BitSet begun = new BitSet();

  ShardedGradients(Rank rank, SharedUnits shared) {
    this.rank = rank;
    group = rank.group();
    stage = rank.settings().stage();
    sliced = stage.held(shared.exist()).shardsGradients();
    layout = rank.layout();
    memory = rank.memory();
    for (var unit = 0; unit < rank.units(); unit++) {
      var slice = layout.sliceLength(unit);
      if (shared.exist()) {
        sharedSums.add(memory.alias(shared.gradients(unit)));
        var start = layout.sliceStart(unit, rank.number());
        sums.add(memory.share(shared.gradients(unit), start, slice));
      } else {
        sums.add(memory.zeros(DataType.FLOAT32, sliced ? slice : layout.paddedLength(unit)));
      }
    }
  }

  private boolean sumsAreWhole() {
    return !sliced || group.size() == 1;
  }

  /** The type of one micro-batch's gradients of a unit. */
  private DataType type(int unit) {
    return unit == 0 || unit == rank.units() - 1 ? DataType.FLOAT32 : rank.settings().type();
  }

  private boolean writesIntoSums(int unit) {
    return type(unit) == DataType.FLOAT32 && sumsAreWhole();
  }

  /** Begins a step. */
  void clear() {
    if (sharedSums.isEmpty()) {
      sums.forEach(AtenCalls::zero);
    }
    begun.clear();
  }

  /** Where the backward pass of a unit adds its gradients. */
  Target open(int unit) {
    var scope = memory.scope();
    var flat =
        writesIntoSums(unit) ? sums.get(unit) : memory.zeros(type(unit), layout.paddedLength(unit));
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
    if (!sharedSums.isEmpty()) {
      // Only ranks before this one are waited for, so ranks may be layers apart.
      group.inTurn(rank.number(), unit, () -> addToShared(unit, flat));
    } else if (!sumsAreWhole()) {
      addOverRanks(unit, flat);
    } else if (!writesIntoSums(unit)) {
      PeerCopies.add(sums.get(unit), flat, 0);
    }
    target.scope().close();
  }

  // What was there is of the step before when the first rank comes the first time.
  private void addToShared(int unit, Tensor flat) {
    if (rank.number() == 0 && !begun.get(unit)) {
      begun.set(unit);
      PeerCopies.copy(sharedSums.get(unit), flat, 0);
    } else {
      PeerCopies.add(sharedSums.get(unit), flat, 0);
    }
  }

  private void addOverRanks(int unit, Tensor flat) {
    group.show(rank.number(), flat);
    group.await();
    for (var peer = 0; peer < group.size(); peer++) {
      var start = layout.sliceStart(unit, rank.number());
      PeerCopies.add(sums.get(unit), group.shownBy(peer), start);
    }
    // Nobody frees what another still reads.
    group.await();
  }

  /**
   * Ends a step: the sums over all ranks are in {@link #updated}.
   *
   * @return the sum of squares of what this rank updates
   */
  double reduce() {
    if (!sliced && group.size() > 1) {
      exchange();
    }
    var squares = 0.0;
    try (var scope = memory.scope()) {
      var norms = memory.empty(DataType.FLOAT32, sums.size());
      for (var unit = 0; unit < sums.size(); unit++) {
        AtenCalls.norm(norms.narrow(0, unit, 1), updated(unit));
      }
      for (double norm : HostCopy.floats(norms)) {
        squares += norm * norm;
      }
    }
    return squares;
  }

  // Reduce-scatter, and in stage 0 an all-gather of the result.
  private void exchange() {
    group.await();
    for (var unit = 0; unit < sums.size(); unit++) {
      try (var scope = memory.scope()) {
        var start = layout.sliceStart(unit, rank.number());
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
          if (peer != rank.number()) {
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
    return sliced
        ? sums.get(unit)
        : sums.get(unit).narrow(0, rank.updatedStart(unit), rank.updatedLength(unit));
  }

  /** Bytes that are held between steps. */
  long bytes() {
    return sums.stream().mapToLong(t -> t.elements() * Float.BYTES).sum();
  }
}
