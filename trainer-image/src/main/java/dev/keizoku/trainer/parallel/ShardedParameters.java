package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The parameters as one rank holds them: whole, or in stage 3 and in shared memory its slices, and
 * the fp32 slices that the optimizer updates. With fp32 parameters those are the same memory,
 * unless the optimizer's state is offloaded.
 */
final class ShardedParameters implements AutoCloseable {
  private final Rank rank;
  private final ZeroStage stage;
  private final boolean sliced;
  private final ShardLayout layout;
  // [padded length] each or, if sliced, [slice length].
  private final List<Tensor> held = new ArrayList<>();
  private final List<Tensor> master = new ArrayList<>();
  private final UnitGather units;

  ShardedParameters(Rank rank, SharedUnits shared) {
    this.rank = rank;
    stage = rank.settings().stage();
    sliced = stage.shardsParameters() || shared.exist();
    layout = rank.layout();
    for (var unit = 0; unit < rank.units(); unit++) {
      held.add(allocate(unit, shared));
      master.add(
          rank.settings().separateMasters()
              ? rank.optimizerMemory().zeros(DataType.FLOAT32, rank.updatedLength(unit))
              : updated(unit));
    }
    units = units(shared);
  }

  private Tensor allocate(int unit, SharedUnits shared) {
    var slice = layout.sliceLength(unit);
    if (shared.exist()) {
      var start = layout.sliceStart(unit, rank.number());
      return rank.memory().share(shared.parameters(unit), start, slice);
    }
    var length = sliced ? slice : layout.paddedLength(unit);
    return rank.memory().zeros(rank.settings().type(), length);
  }

  private UnitGather units(SharedUnits shared) {
    if (shared.exist()) {
      var whole = new ArrayList<Tensor>();
      for (var unit = 0; unit < rank.units(); unit++) {
        whole.add(rank.memory().alias(shared.parameters(unit)));
      }
      return new WholeUnits(layout, whole);
    }
    return sliced && rank.group().size() > 1
        ? new FetchedUnits(rank)
        : new WholeUnits(layout, held);
  }

  /** What of {@link #held} this rank updates. */
  private Tensor updated(int unit) {
    return sliced
        ? held.get(unit)
        : held.get(unit).narrow(0, rank.updatedStart(unit), rank.updatedLength(unit));
  }

  /** What this rank holds of a unit: its slice, or all of it. */
  Tensor held(int unit) {
    return held.get(unit);
  }

  /** The fp32 elements of a unit that this rank updates. */
  Tensor master(int unit) {
    return master.get(unit);
  }

  /** Units as the model needs them. */
  UnitGather units() {
    return units;
  }

  /** Takes the start values, each rank those that it holds. */
  void load(WeightSource source) {
    for (var unit = 0; unit < rank.units(); unit++) {
      source.fill(layout.units().get(unit), rank.updatedStart(unit), master.get(unit));
      if (!sliced) {
        source.fill(layout.units().get(unit), 0, held.get(unit));
      } else if (rank.settings().separateMasters()) {
        AtenCalls.copy(held.get(unit), master.get(unit));
      }
    }
  }

  /** After all ranks have updated their slices: makes the parameters follow. */
  void refresh() {
    if (rank.settings().separateMasters()) {
      eachUnit(unit -> AtenCalls.copy(updated(unit), master.get(unit)));
    }
    if (stage.shardsOptimizer() && !sliced) {
      // A slice is turned into the parameters' type once, by its owner, before others copy it.
      rank.group().await();
      eachUnit(this::copyFromPeers);
    }
  }

  private void eachUnit(IntConsumer work) {
    for (var unit = 0; unit < rank.units(); unit++) {
      try (var scope = rank.memory().scope()) {
        work.accept(unit);
      }
    }
  }

  private void copyFromPeers(int unit) {
    for (var peer = 0; peer < rank.group().size(); peer++) {
      if (peer != rank.number()) {
        var start = layout.sliceStart(unit, peer);
        var slice = held.get(unit).narrow(0, start, layout.sliceLength(unit));
        PeerCopies.copy(slice, rank.group().member(peer).parameters().held(unit), start);
      }
    }
  }

  /** Bytes that are held between steps, without the optimizer's fp32 weights. */
  long parameterBytes() {
    return held.stream().mapToLong(t -> t.elements() * t.type().bytes()).sum();
  }

  /** Bytes of fp32 weights that are not the parameters themselves. */
  long masterBytes() {
    return rank.settings().separateMasters()
        ? master.stream().mapToLong(t -> t.elements() * Float.BYTES).sum()
        : 0;
  }

  @Override
  public void close() {
    units.close();
  }
}
