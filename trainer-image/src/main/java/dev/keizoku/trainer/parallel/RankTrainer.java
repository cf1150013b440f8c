package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.TorchThreads;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.optim.AdamW;
import java.util.ArrayList;
import java.util.List;

/**
 * What one rank holds and does. Every method is called on the rank's own thread; {@link
 * DataParallelTrainer} calls them on all ranks at once.
 */
final class RankTrainer implements AutoCloseable {
  private final int rank;
  private final ShardLayout layout;
  private final DeviceMemory memory;
  private final ShardedParameters parameters;
  private final ShardedGradients gradients;
  private final AdamW optimizer;
  private final LayerwisePass pass;

  /**
   * How a run is spread over devices.
   *
   * @param stage what is sharded
   * @param type of the parameters
   * @param recompute activation checkpointing
   * @param threadsPerRank threads of one operator on a CPU
   */
  record Settings(ZeroStage stage, DataType type, boolean recompute, int threadsPerRank) {}

  RankTrainer(
      RankGroup group,
      int rank,
      Device device,
      CausalLm model,
      Settings settings,
      TrainRun.Optimizer optimizerSettings) {
    TorchThreads.use(settings.threadsPerRank());
    this.rank = rank;
    memory = new DeviceMemory(device);
    layout = new ShardLayout(model.layout().units(), group.size());
    parameters =
        new ShardedParameters(group, rank, settings.stage(), layout, memory, settings.type());
    gradients =
        new ShardedGradients(group, rank, settings.stage(), layout, memory, settings.type());
    var slices = new ArrayList<AdamW.Slice>();
    for (var unit = 0; unit < layout.units().size(); unit++) {
      slices.add(
          new AdamW.Slice(
              layout.units().get(unit),
              parameters.updatedStart(unit),
              parameters.master(unit),
              gradients.updated(unit)));
    }
    optimizer = new AdamW(optimizerSettings, slices, memory);
    pass = new LayerwisePass(model, parameters, gradients, settings.recompute(), memory);
    group.join(rank, this);
  }

  ShardedParameters parameters() {
    return parameters;
  }

  ShardedGradients gradients() {
    return gradients;
  }

  DeviceMemory memory() {
    return memory;
  }

  void load(WeightSource source) {
    parameters.load(source);
  }

  /** Adds the gradients of a step's micro-batches; gives the losses of each sequence's rows. */
  List<float[]> accumulate(List<List<PackedSequence>> microBatches, double scale) {
    gradients.clear();
    var losses = new ArrayList<float[]>();
    for (var sequences : microBatches) {
      losses.add(pass.train(MicroBatch.of(sequences), scale));
    }
    return losses;
  }

  double reduceGradients() {
    return gradients.reduce();
  }

  void update(long step, double learningRate, double gradientFactor) {
    if (gradientFactor != 1) {
      for (var unit = 0; unit < layout.units().size(); unit++) {
        try (var scope = memory.scope()) {
          AtenCalls.mulInPlace(gradients.updated(unit), gradientFactor);
        }
      }
    }
    optimizer.update(step, learningRate);
  }

  void refresh() {
    parameters.refresh();
  }

  /** Losses of each row of each group of sequences. */
  List<float[]> losses(List<List<PackedSequence>> microBatches) {
    return microBatches.stream().map(s -> pass.losses(MicroBatch.of(s))).toList();
  }

  /** The optimizer's view of a unit: master values, first and second moments of its slice. */
  List<Tensor> optimizerState(int unit) {
    return List.of(
        parameters.master(unit), optimizer.firstMoment(unit), optimizer.secondMoment(unit));
  }

  /** First element of the unit that {@link #optimizerState} holds. */
  long sliceStart(int unit) {
    return parameters.updatedStart(unit);
  }

  MemoryUse memoryUse() {
    return new MemoryUse(
        parameters.parameterBytes(),
        gradients.bytes(),
        parameters.masterBytes() + optimizer.bytes(),
        memory.allocatedBytes(),
        memory.peakBytes());
  }

  @Override
  public void close() {
    memory.close();
  }

  @Override
  public String toString() {
    return "rank " + rank;
  }
}
