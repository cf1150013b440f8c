package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.trainer.parallel.collective.Slices;
import dev.keizoku.trainer.parallel.gather.FetchedUnits;
import dev.keizoku.trainer.parallel.gather.UnitGather;
import dev.keizoku.trainer.parallel.gather.WholeUnits;
import dev.keizoku.trainer.parallel.shard.ZeroStage;
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
  // [padded length] each or, if sliced, [slice length].
  private final List<Tensor> held = new ArrayList<>();
  private final List<Tensor> master = new ArrayList<>();
  private final UnitGather units;
  // Null where every rank holds all.
  private final Slices slices;

  ShardedParameters(Rank rank) {
    this.rank = rank;
    stage = rank.settings().stage();
    sliced = stage.held(rank.collectives().inOneMemory()).shardsParameters();
    var type = rank.settings().type();
    if (sliced) {
      slices = rank.collectives().slices(type);
      eachUnit(unit -> held.add(slices.own(unit)));
      units = units(slices);
    } else {
      slices = null;
      for (var unit = 0; unit < rank.units(); unit++) {
        held.add(rank.memory().zeros(type, rank.layout().paddedLength(unit)));
      }
      units = new WholeUnits(rank.layout(), held);
    }
    for (var unit = 0; unit < rank.units(); unit++) {
      master.add(
          rank.settings().separateMasters() ? masters(rank.updatedLength(unit)) : updated(unit));
    }
  }

  private Tensor masters(long length) {
    return rank.settings().offload()
        ? rank.optimizerMemory().pinned(DataType.FLOAT32, length)
        : rank.optimizerMemory().zeros(DataType.FLOAT32, length);
  }

  private UnitGather units(Slices slices) {
    var whole = new ArrayList<Tensor>();
    eachUnit(unit -> slices.whole(unit).ifPresent(whole::add));
    return whole.isEmpty()
        ? new FetchedUnits(slices, rank.layout(), rank.memory())
        : new WholeUnits(rank.layout(), whole);
  }

  /** What of {@link #held} this rank updates. */
  private Tensor updated(int unit) {
    return sliced
        ? held.get(unit)
        : held.get(unit).narrow(0, rank.updatedStart(unit), rank.updatedLength(unit));
  }

  /** The fp32 elements of a unit that this rank updates. */
  Tensor master(int unit) {
    return master.get(unit);
  }

  /** Units as the model needs them. */
  UnitGather units() {
    return units;
  }

  /**
   * Takes the start values: a rank reads those that it updates. Who holds more gets it from the
   * others, and in stage 0 from rank 0, who alone reads then.
   */
  void load(WeightSource source) {
    if (stage.shardsOptimizer() || rank.number() == 0) {
      for (var unit = 0; unit < rank.units(); unit++) {
        source.fill(rank.layout().units().get(unit), rank.updatedStart(unit), master.get(unit));
      }
    }
    if (!stage.shardsOptimizer()) {
      rank.collectives().broadcast(master, 0);
    }
    refresh();
  }

  /** After all ranks have updated their slices: makes the parameters follow. */
  void refresh() {
    if (rank.settings().separateMasters()) {
      eachUnitInScope(unit -> AtenCalls.copy(updated(unit), onDevice(master.get(unit))));
    }
    if (slices != null) {
      slices.changed();
    }
    if (stage.shardsOptimizer() && !sliced) {
      // A slice is turned into the parameters' type once, by its owner, before others copy it.
      rank.collectives().allGather(held);
    }
  }

  // Turned into another type on the way from host to device, the host would do it.
  private Tensor onDevice(Tensor tensor) {
    if (rank.memory().isHost() || !rank.settings().offload()) {
      return tensor;
    }
    var copy = rank.memory().empty(tensor.type(), tensor.shape());
    AtenCalls.copy(copy, tensor);
    return copy;
  }

  private void eachUnitInScope(IntConsumer work) {
    eachUnit(
        unit -> {
          try (var scope = rank.memory().scope()) {
            work.accept(unit);
          }
        });
  }

  private void eachUnit(IntConsumer work) {
    for (var unit = 0; unit < rank.units(); unit++) {
      work.accept(unit);
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
