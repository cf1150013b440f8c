package dev.keizoku.trainer.parallel;

import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.Sampler;
import dev.keizoku.llm.generate.TextGenerator;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.TorchThreads;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.optim.AdamW;
import dev.keizoku.trainer.parallel.gather.GatheredUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/**
 * What one rank holds and does. Every method is called on the rank's own thread; {@link
 * DataParallelTrainer} calls them on all ranks at once.
 */
final class RankTrainer implements AutoCloseable {
  private final Rank rank;
  private final DeviceMemory memory;
  private final ShardedParameters parameters;
  private final ShardedGradients gradients;
  // With offload: where a unit's gradients are for the time of their update, in host memory.
  private final List<Tensor> stagedGradients = new ArrayList<>();
  private final AdamW optimizer;
  private final LayerwisePass pass;
  private final CausalLm model;

  RankTrainer(Rank rank, CausalLm model, Optimizer settings) {
    TorchThreads.use(rank.settings().threadsPerRank());
    this.rank = rank;
    this.model = model;
    memory = rank.memory();
    parameters = new ShardedParameters(rank);
    gradients = new ShardedGradients(rank);
    if (rank.settings().offload()) {
      stageGradients();
    }
    optimizer = new AdamW(settings, slices(), rank.optimizerMemory());
    pass =
        new LayerwisePass(
            model, parameters.units(), gradients, rank.settings().recompute(), memory);
  }

  // One buffer for all units, as long as the longest.
  private void stageGradients() {
    var lengths = new ArrayList<Long>();
    for (var unit = 0; unit < rank.units(); unit++) {
      lengths.add(rank.updatedLength(unit));
    }
    var longest = lengths.stream().mapToLong(length -> length).max().orElseThrow();
    var buffer = rank.optimizerMemory().pinned(DataType.FLOAT32, longest);
    lengths.forEach(length -> stagedGradients.add(buffer.narrow(0, 0, length)));
  }

  private List<AdamW.Slice> slices() {
    var slices = new ArrayList<AdamW.Slice>();
    for (var unit = 0; unit < rank.units(); unit++) {
      slices.add(
          new AdamW.Slice(
              rank.layout().units().get(unit),
              rank.updatedStart(unit),
              parameters.master(unit),
              rank.settings().offload() ? stagedGradients.get(unit) : gradients.updated(unit)));
    }
    return slices;
  }

  void load(WeightSource source) {
    optimizer.clear();
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

  void update(long updates, double learningRate, double gradientFactor) {
    for (var unit = 0; unit < rank.units(); unit++) {
      try (var scope = memory.scope()) {
        var gradient = gradients.updated(unit);
        if (gradientFactor != 1) {
          AtenCalls.mulInPlace(gradient, gradientFactor);
        }
        if (rank.settings().offload()) {
          AtenCalls.copy(stagedGradients.get(unit), gradient);
        }
        optimizer.update(unit, updates, learningRate);
      }
    }
  }

  void refresh() {
    parameters.refresh();
  }

  /** Losses of each row of each group of sequences. */
  List<float[]> losses(List<List<PackedSequence>> microBatches, LongConsumer done) {
    var losses = new ArrayList<float[]>();
    for (var sequences : microBatches) {
      losses.add(pass.losses(MicroBatch.of(sequences)));
      done.accept(sequences.size());
    }
    return losses;
  }

  /** What the model writes after each prompt, as {@link TextGenerator#continueAll} says. */
  List<int[]> continueGreedily(List<int[]> prompts, int maxNewTokens, IntPredicate ends) {
    try (var units = new GatheredUnits(parameters.units())) {
      var decoder = new Decoder(model, units::get, memory);
      return new TextGenerator(decoder, Sampler.GREEDY).continueAll(prompts, maxNewTokens, ends);
    }
  }

  /** The optimizer's view of a unit: master values, first and second moments of its slice. */
  List<Tensor> optimizerState(int unit) {
    return List.of(
        parameters.master(unit), optimizer.firstMoment(unit), optimizer.secondMoment(unit));
  }

  /** First element of the unit that {@link #optimizerState} holds. */
  long sliceStart(int unit) {
    return rank.updatedStart(unit);
  }

  MemoryUse memoryUse() {
    var offload = rank.settings().offload();
    return new MemoryUse(
        parameters.parameterBytes(),
        gradients.bytes(),
        offload ? 0 : parameters.masterBytes() + optimizer.bytes(),
        memory.allocatedBytes(),
        memory.peakBytes(),
        offload ? rank.optimizerMemory().allocatedBytes() : 0);
  }

  /** Ends what reads other ranks' memory; before any of them is closed. */
  void stop() {
    parameters.close();
  }

  @Override
  public void close() {
    rank.collectives().close();
    memory.close();
    rank.optimizerMemory().close();
  }

  @Override
  public String toString() {
    return "rank " + rank.number();
  }
}
