package dev.keizoku.trainer.loop;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.plan.Room;
import dev.keizoku.trainer.plan.Speed;
import dev.keizoku.trainer.plan.Trial;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/**
 * Times the run's own step on this machine: its devices, sharding, micro-batch and sequence length,
 * but random weights and tokens, and a model of one and one of two of its layers. What a layer adds
 * is taken times the layers; a whole model need not fit, and only seconds are spent.
 *
 * @param run what is timed
 * @param configJson the model's {@code config.json}
 * @param machine where
 * @param nanoTime a clock
 */
public record Calibration(
    TrainRun run, Map<String, Object> configJson, Machine machine, LongSupplier nanoTime)
    implements Trial {
  private static final int WARM_UP = 2;
  private static final int TIMED = 3;
  private static final double MOST_SECONDS = 20;

  // What a processor of the last ten years reaches at least in such products.
  private static final double LEAST_FLOPS_A_CORE = 20e9;

  /**
   * Seconds of a step.
   *
   * @param pass forward and backward of one micro-batch on every device
   * @param update of the optimizer
   */
  private record Seconds(double pass, double update) {}

  /** What a rank of this machine may use. */
  @Override
  public Room room() {
    return machine.room(RunDevices.of(run));
  }

  /**
   * The speed to expect, in less than about a minute; empty where a single step on CPUs may take
   * longer.
   */
  @Override
  public Optional<Speed> measure() {
    var layers = ModelConfig.of(configJson).layers();
    if (Setting.of(run).cpuRanks() && slowestSeconds() > MOST_SECONDS) {
      return Optional.empty();
    }
    var one = seconds(1);
    var two = seconds(2);
    var perPass = one.pass + (layers - 1) * Math.max(0, two.pass - one.pass);
    var perUpdate = one.update + (layers - 1) * Math.max(0, two.update - one.update);
    var training = run.training();
    var passes = training.globalBatchSize() / microBatches();
    var tokens = (double) training.globalBatchSize() * run.training().sequenceLength();
    return Optional.of(
        new Speed(
            tokens / (passes * perPass + perUpdate),
            String.format(
                Locale.ROOT, "timed here with 1 and 2 of %d layers, to be taken roughly", layers)));
  }

  /** Seconds that a step of the larger model may take. */
  private double slowestSeconds() {
    var tokens = (double) microBatches() * run.training().sequenceLength();
    var flops = Speed.flopsPerToken(ModelLayout.of(config(2)), Setting.of(run));
    return tokens * flops / (LEAST_FLOPS_A_CORE * machine.cores());
  }

  private int microBatches() {
    return run.training().microBatchSize() * run.parallelism().devices();
  }

  private ModelConfig config(int layers) {
    var json = new LinkedHashMap<>(configJson);
    json.put("num_hidden_layers", layers);
    return ModelConfig.of(json);
  }

  private Seconds seconds(int layers) {
    var model = new CausalLm(config(layers));
    var devices = RunDevices.of(run);
    var batch = batch(model.layout().config().vocabularySize());
    var steps = new ArrayList<Seconds>();
    try (var trainer = DataParallelTrainer.start(model, devices, run, machine.cores())) {
      trainer.load(new RandomWeights(run.training().seed(), 0.02));
      var spent = 0.0;
      for (var i = 0; i < WARM_UP + TIMED && spent < MOST_SECONDS; i++) {
        var start = nanoTime.getAsLong();
        trainer.gradients(batch);
        var between = nanoTime.getAsLong();
        trainer.update(run.training().learningRate(), 1);
        var end = nanoTime.getAsLong();
        steps.add(new Seconds((between - start) / 1e9, (end - between) / 1e9));
        spent += (end - start) / 1e9;
      }
    }
    // The last one is warm, however few there was time for.
    var timed = steps.subList(Math.min(WARM_UP, steps.size() - 1), steps.size());
    return new Seconds(
        median(timed.stream().mapToDouble(Seconds::pass)),
        median(timed.stream().mapToDouble(Seconds::update)));
  }

  private List<PackedSequence> batch(int vocabulary) {
    var random = new Random(run.training().seed());
    var length = run.training().sequenceLength();
    var batch = new ArrayList<PackedSequence>();
    for (var i = 0; i < microBatches(); i++) {
      var tokens = random.ints(length, 0, vocabulary).toArray();
      var targets = random.ints(length, 0, vocabulary).toArray();
      batch.add(new PackedSequence(tokens, targets, List.of(new Segment(0, length)), 0));
    }
    return batch;
  }

  private static double median(DoubleStream values) {
    var sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
