package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.trainer.data.HeldOutSet;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.parallel.collective.CopiedMemory;
import dev.keizoku.trainer.parallel.collective.RankThreads;
import dev.keizoku.trainer.parallel.collective.SharedMemory;
import dev.keizoku.trainer.parallel.shard.ShardLayout;
import dev.keizoku.trainer.parallel.shard.ZeroStage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * All ranks of a run as one trainer: a batch goes in, gradients are summed, an update is made. Used
 * from one thread; between two calls every rank is idle.
 */
public final class DataParallelTrainer implements AutoCloseable {
  private final RankThreads threads;
  private final ZeroStage stage;
  private final ShardLayout layout;
  // Empty where ranks have a memory each.
  private final SharedMemory.Buffers buffers = new SharedMemory.Buffers();
  private final List<RankTrainer> ranks;
  private final int microBatchSize;
  // Steps that were left out are none: the optimizer never saw their gradients.
  private long updates;

  private DataParallelTrainer(
      CausalLm model, List<Device> devices, TrainRun run, int cores, RankMemory memory) {
    var settings = RankSettings.of(run, cores);
    stage = settings.stage();
    layout = new ShardLayout(model.layout().units(), devices.size());
    threads = new RankThreads(devices.size());
    ranks =
        threads.all(
            number -> {
              var own = new DeviceMemory(devices.get(number));
              var optimizer = settings.offload() ? new DeviceMemory(Device.cpu()) : own;
              var collectives =
                  memory == RankMemory.SHARED
                      ? new SharedMemory(threads, number, layout, own, buffers)
                      : new CopiedMemory(threads, number, layout, own);
              var rank = new Rank(collectives, settings, layout, own, optimizer);
              return new RankTrainer(rank, model, run.optimizer());
            });
    microBatchSize = run.training().microBatchSize();
  }

  /**
   * Starts the ranks and allocates what they hold.
   *
   * @param devices one for each rank
   * @param cores processors of this machine, shared by CPU ranks
   */
  public static DataParallelTrainer start(
      CausalLm model, List<Device> devices, TrainRun run, int cores) {
    return start(model, devices, run, cores, RankMemory.of(devices));
  }

  /** The same with another way to reach each other's slices than the quickest. */
  public static DataParallelTrainer start(
      CausalLm model, List<Device> devices, TrainRun run, int cores, RankMemory memory) {
    return new DataParallelTrainer(model, devices, run, cores, memory);
  }

  /** Number of ranks. */
  public int size() {
    return ranks.size();
  }

  /** How the state of the optimizer is cut into slices. */
  public ShardLayout layout() {
    return layout;
  }

  /** Takes start values; the optimizer begins anew. */
  public void load(WeightSource source) {
    threads.each(rank -> ranks.get(rank).load(source));
    updates = 0;
  }

  /**
   * Forward and backward pass of a whole batch over all ranks.
   *
   * @param batch a multiple of ranks x micro-batch size sequences
   */
  public StepGradients gradients(List<PackedSequence> batch) {
    var scored = batch.stream().mapToLong(PackedSequence::scored).sum();
    var perRank = batch.size() / size();
    var losses =
        threads.all(
            rank ->
                ranks
                    .get(rank)
                    .accumulate(
                        microBatches(batch.subList(rank * perRank, (rank + 1) * perRank)),
                        1.0 / Math.max(1, scored)));
    var squares = threads.all(rank -> ranks.get(rank).reduceGradients());
    var norms = squares.stream().mapToDouble(Math::sqrt).toArray();
    var norm =
        stage.shardsOptimizer() ? Math.sqrt(squares.stream().mapToDouble(s -> s).sum()) : norms[0];
    var sums = new LossSums(batch, losses.stream().flatMap(List::stream).toList());
    var rankLosses =
        IntStream.range(0, size())
            .mapToDouble(rank -> sums.mean(rank * perRank, (rank + 1) * perRank))
            .toArray();
    return new StepGradients(
        sums.mean(0, batch.size()),
        sums.bySource(),
        rankLosses,
        norms,
        norm,
        batch.stream().mapToLong(s -> s.tokens().length).sum());
  }

  private List<List<PackedSequence>> microBatches(List<PackedSequence> sequences) {
    var microBatches = new ArrayList<List<PackedSequence>>();
    for (var i = 0; i < sequences.size(); i += microBatchSize) {
      microBatches.add(sequences.subList(i, Math.min(sequences.size(), i + microBatchSize)));
    }
    return microBatches;
  }

  /**
   * Applies the gradients of the last {@link #gradients}.
   *
   * @param gradientFactor what they are multiplied with before: below 1 when they are clipped
   */
  public void update(double learningRate, double gradientFactor) {
    var made = updates++;
    threads.each(rank -> ranks.get(rank).update(made, learningRate, gradientFactor));
    threads.each(rank -> ranks.get(rank).refresh());
  }

  /** Mean loss of a held-out set, nats a token. */
  public double meanLoss(HeldOutSet set) {
    return meanLoss(set, sequences -> {});
  }

  /**
   * The same, telling how it goes on.
   *
   * @param done called by the ranks, with how many more sequences
   */
  public double meanLoss(HeldOutSet set, LongConsumer done) {
    var groups = microBatches(set.sequences());
    var losses =
        threads.all(
            rank -> {
              var own = new ArrayList<List<PackedSequence>>();
              for (var i = rank; i < groups.size(); i += size()) {
                own.add(groups.get(i));
              }
              return ranks.get(rank).losses(own, done);
            });
    var sum = 0.0;
    for (var i = 0; i < groups.size(); i++) {
      sum += total(losses.get(i % size()).get(i / size()));
    }
    return sum / Math.max(1, set.scored());
  }

  /**
   * Continues prompts greedily; every rank takes its share of them, reading the parameters from
   * whoever has them.
   *
   * @param prompts token ids, at least one each
   * @param maxNewTokens tokens that are written at most, fewer than the model's positions
   * @param ends tokens that end a text; the ranks ask it of each that is written
   * @return what was written after each prompt
   */
  public List<int[]> continueGreedily(List<int[]> prompts, int maxNewTokens, IntPredicate ends) {
    var written =
        threads.all(
            rank -> {
              var own = new ArrayList<int[]>();
              for (var i = rank; i < prompts.size(); i += size()) {
                own.add(prompts.get(i));
              }
              return own.isEmpty()
                  ? List.<int[]>of()
                  : ranks.get(rank).continueGreedily(own, maxNewTokens, ends);
            });
    return IntStream.range(0, prompts.size())
        .mapToObj(i -> written.get(i % size()).get(i / size()))
        .toList();
  }

  private static double total(float[] losses) {
    var sum = 0.0;
    for (var loss : losses) {
      sum += loss;
    }
    return sum;
  }

  /** The current parameters in full precision, from whoever has them. */
  public WeightSource weights() {
    return new ShardedWeights(this, 0);
  }

  /** One rank's share of the optimizer's state. */
  public RankState state(int rank) {
    return new RankState(ranks.get(rank), layout);
  }

  /** Ranks that hold different state: one in stage 0, all of them above. */
  public int stateHolders() {
    return stage.shardsOptimizer() ? size() : 1;
  }

  /** Runs a task on the thread of every rank that holds state of its own. */
  public <T> List<T> onStates(BiFunction<Integer, RankState, T> task) {
    return threads.all(rank -> rank < stateHolders() ? task.apply(rank, state(rank)) : null);
  }

  /**
   * Restores the optimizer's state, of every rank: in stage 0 each has the whole of it. The
   * parameters follow.
   *
   * @param task fills a rank's state, on its thread
   * @param updates that the state had seen
   */
  public void restore(Consumer<RankState> task, long updates) {
    threads.each(rank -> task.accept(state(rank)));
    this.updates = updates;
    threads.each(rank -> ranks.get(rank).refresh());
  }

  /** What each rank's device holds. */
  public List<MemoryUse> memoryUse() {
    return threads.all(rank -> ranks.get(rank).memoryUse());
  }

  @Override
  public void close() {
    threads.each(rank -> ranks.get(rank).stop());
    threads.each(rank -> ranks.get(rank).close());
    threads.close();
    buffers.close();
  }

  /** Losses by sequence: micro-batches lay sequences end to end, in the batch's order. */
  private static final class LossSums {
    private final double[] sums;
    private final List<PackedSequence> batch;

    LossSums(List<PackedSequence> batch, List<float[]> losses) {
      this.batch = batch;
      sums = new double[batch.size()];
      var sequence = 0;
      for (var rows : losses) {
        for (var at = 0; at < rows.length; sequence++) {
          var length = batch.get(sequence).tokens().length;
          for (var i = 0; i < length; i++) {
            sums[sequence] += rows[at + i];
          }
          at += length;
        }
      }
    }

    double mean(int from, int to) {
      var scored = batch.subList(from, to).stream().mapToLong(PackedSequence::scored).sum();
      return DoubleStream.of(sums).skip(from).limit(to - from).sum() / Math.max(1, scored);
    }

    TreeMap<Integer, Double> bySource() {
      var result = new TreeMap<Integer, Double>();
      var scored = new TreeMap<Integer, Long>();
      for (var i = 0; i < sums.length; i++) {
        result.merge(batch.get(i).source(), sums[i], Double::sum);
        scored.merge(batch.get(i).source(), (long) batch.get(i).scored(), Long::sum);
      }
      result.replaceAll((source, sum) -> sum / Math.max(1, scored.get(source)));
      return result;
    }
  }
}
