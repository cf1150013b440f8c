package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TensorScope;
import dev.keizoku.llm.weights.WeightSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters as one rank holds them: whole, or in stage 3 its slices, and the fp32 slices that
 * the optimizer updates. With fp32 parameters those are the same memory.
 */
public final class ShardedParameters {
  private final RankGroup group;
  private final int rank;
  private final ZeroStage stage;
  private final ShardLayout layout;
  private final DeviceMemory memory;
  private final DataType type;
  // Stage 0 to 2: [padded length] each; stage 3: [slice length] each.
  private final List<Tensor> held = new ArrayList<>();
  private final List<Tensor> master = new ArrayList<>();

  /**
   * @param layout slices of parameters and gradients; stage 0 updates them all
   * @param type of the parameters that the model computes with
   */
  ShardedParameters(
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
      var length = stage.shardsParameters() ? layout.sliceLength(unit) : layout.paddedLength(unit);
      var parameters = memory.zeros(type, length);
      held.add(parameters);
      master.add(
          type == DataType.FLOAT32
              ? ownSlice(parameters, unit)
              : memory.zeros(DataType.FLOAT32, updatedLength(unit)));
    }
  }

  private Tensor ownSlice(Tensor parameters, int unit) {
    return stage.shardsOptimizer() && !stage.shardsParameters()
        ? parameters.narrow(0, layout.sliceStart(unit, rank), layout.sliceLength(unit))
        : parameters;
  }

  /** Elements of a unit that this rank updates. */
  long updatedLength(int unit) {
    return stage.shardsOptimizer() ? layout.sliceLength(unit) : layout.paddedLength(unit);
  }

  /** Where in the unit's flat buffer they begin. */
  long updatedStart(int unit) {
    return stage.shardsOptimizer() ? layout.sliceStart(unit, rank) : 0;
  }

  /** The fp32 elements of a unit that this rank updates. */
  Tensor master(int unit) {
    return master.get(unit);
  }

  /** Takes the start values, each rank those that it holds. */
  void load(WeightSource source) {
    for (var unit = 0; unit < layout.units().size(); unit++) {
      source.fill(layout.units().get(unit), updatedStart(unit), master.get(unit));
      if (!stage.shardsParameters()) {
        source.fill(layout.units().get(unit), 0, held.get(unit));
      } else if (type != DataType.FLOAT32) {
        AtenCalls.copy(held.get(unit), master.get(unit));
      }
    }
  }

  /** The whole of a unit's parameters, until it is closed. */
  Gathered gather(int unit) {
    var scope = memory.scope();
    var flat = held.get(unit);
    if (stage.shardsParameters()) {
      flat = memory.empty(type, layout.paddedLength(unit));
      var slice = layout.sliceLength(unit);
      for (var peer = 0; peer < group.size(); peer++) {
        var part = flat.narrow(0, peer * slice, slice);
        var other = group.member(peer).parameters();
        PeerCopies.copy(part, other.held.get(unit), 0);
      }
    }
    scope.leave();
    return new Gathered(new UnitTensors(layout.units().get(unit), flat), scope);
  }

  /**
   * A unit's parameters.
   *
   * @param tensors the views
   * @param scope what was allocated for it
   */
  record Gathered(UnitTensors tensors, TensorScope scope) implements AutoCloseable {
    @Override
    public void close() {
      scope.close();
    }
  }

  /** After all ranks have updated their slices: makes the parameters follow. */
  void refresh() {
    for (var unit = 0; unit < held.size(); unit++) {
      try (var scope = memory.scope()) {
        refresh(unit);
      }
    }
  }

  private void refresh(int unit) {
    if (stage.shardsParameters() || !stage.shardsOptimizer()) {
      if (type != DataType.FLOAT32) {
        AtenCalls.copy(held.get(unit), master.get(unit));
      }
      return;
    }
    for (var peer = 0; peer < group.size(); peer++) {
      if (peer != rank || type != DataType.FLOAT32) {
        var slice =
            held.get(unit).narrow(0, layout.sliceStart(unit, peer), layout.sliceLength(unit));
        var other = group.member(peer).parameters();
        PeerCopies.copy(slice, other.master.get(unit), 0);
      }
    }
  }

  /** Bytes that are held between steps, without the fp32 copies of bf16 parameters. */
  long parameterBytes() {
    return held.stream().mapToLong(t -> t.elements() * type.bytes()).sum();
  }

  /** Bytes of fp32 copies of bf16 parameters. */
  long masterBytes() {
    return type == DataType.FLOAT32
        ? 0
        : master.stream().mapToLong(t -> t.elements() * Float.BYTES).sum();
  }
}
