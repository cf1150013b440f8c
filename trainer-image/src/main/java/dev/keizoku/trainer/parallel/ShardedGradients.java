package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;
import dev.keizoku.trainer.parallel.collective.PeerCopies;
import dev.keizoku.trainer.parallel.collective.Slices;
import dev.keizoku.trainer.parallel.shard.ZeroStage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

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
  private final ZeroStage stage;
  private final DeviceMemory memory;
  // Null where the sums are whole until the end of the step.
  private final Slices slices;
  private final List<Tensor> sums = new ArrayList<>();
  // Units that have a whole sum of this step; that of another is of the step before.
  private final BitSet begun = new BitSet();

  ShardedGradients(Rank rank) {
    this.rank = rank;
    stage = rank.settings().stage();
    memory = rank.memory();
    var sliced = stage.held(rank.collectives().inOneMemory()).shardsGradients();
    slices = sliced ? rank.collectives().slices(DataType.FLOAT32) : null;
    for (var unit = 0; unit < rank.units(); unit++) {
      sums.add(
          sliced
              ? slices.own(unit)
              : memory.zeros(DataType.FLOAT32, rank.layout().paddedLength(unit)));
    }
  }

  private boolean sumsAreWhole() {
    return slices == null || rank.collectives().size() == 1;
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
    begun.clear();
    if (!sumsAreWhole()) {
      slices.clear();
    }
  }

  /** Where the backward pass of a unit adds its gradients. */
  Target open(int unit) {
    var scope = memory.scope();
    var flat = writesIntoSums(unit) ? sums.get(unit) : buffer(unit);
    var tensors = new UnitTensors(rank.layout().units().get(unit), flat);
    if (!writesIntoSums(unit) || !begun.get(unit)) {
      tensors = tensors.blank();
      zeroPadding(unit, flat);
    }
    scope.leave();
    return new Target(unit, tensors, scope);
  }

  private Tensor buffer(int unit) {
    return Optional.ofNullable(slices)
        .filter(sliced -> type(unit) == DataType.FLOAT32)
        .flatMap(sliced -> sliced.firstOf(unit))
        .orElseGet(() -> memory.empty(type(unit), rank.layout().paddedLength(unit)));
  }

  // It is summed and updated with the rest.
  private void zeroPadding(int unit, Tensor flat) {
    var elements = rank.layout().units().get(unit).elements();
    AtenCalls.zero(flat.narrow(0, elements, flat.elements() - elements));
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
    if (!sumsAreWhole()) {
      slices.add(unit, flat);
    } else if (writesIntoSums(unit)) {
      begun.set(unit);
    } else if (begun.get(unit)) {
      PeerCopies.add(sums.get(unit), flat, 0);
    } else {
      begun.set(unit);
      PeerCopies.copy(sums.get(unit), flat, 0);
    }
    target.scope().close();
  }

  /**
   * Ends a step: the sums over all ranks are in {@link #updated}.
   *
   * @return the sum of squares of what this rank updates
   */
  double reduce() {
    if (slices == null && rank.collectives().size() > 1) {
      rank.collectives().reduceScatter(sums);
      if (!stage.shardsOptimizer()) {
        rank.collectives().allGather(sums);
      }
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

  /** The fp32 gradients of what this rank updates of a unit. */
  Tensor updated(int unit) {
    return slices != null
        ? sums.get(unit)
        : sums.get(unit).narrow(0, rank.updatedStart(unit), rank.updatedLength(unit));
  }

  /** Bytes that are held between steps. */
  long bytes() {
    return sums.stream().mapToLong(t -> t.elements() * Float.BYTES).sum();
  }
}
