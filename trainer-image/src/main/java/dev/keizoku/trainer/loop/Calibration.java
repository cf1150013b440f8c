package dev.keizoku.trainer.loop;

import dev.keizoku.contract.TrainRun;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.ModelConfig;
import dev.keizoku.llm.model.Segment;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.plan.Room;
import dev.keizoku.trainer.plan.Speed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;

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
    TrainRun run, Map<String, Object> configJson, Machine machine, LongSupplier nanoTime) {
  private static final int WARM_UP = 2;
  private static final int TIMED = 3;

  /**
   * Seconds of a step.
   *
   * @param pass forward and backward of one micro-batch on every device
   * @param update of the optimizer
   */
  private record Seconds(double pass, double update) {}

  /** What a rank of this machine may use. */
  public Room room() {
    return machine.room(RunDevices.of(run.parallelism()));
  }

  /** The speed to expect. */
  public Speed measure() {
    var layers = ModelConfig.of(configJson).layers();
    var one = seconds(1);
    var two = seconds(2);
    var perPass = one.pass + (layers - 1) * Math.max(0, two.pass - one.pass);
    var perUpdate = one.update + (layers - 1) * Math.max(0, two.update - one.update);
    var training = run.training();
    var passes =
        training.globalBatchSize() / (training.microBatchSize() * run.parallelism().devices());
    var tokens = (double) training.globalBatchSize() * run.sequenceLength();
    return new Speed(
        tokens / (passes * perPass + perUpdate),
        String.format(
            Locale.ROOT, "timed here with 1 and 2 of %d layers, to be taken roughly", layers));
  }

  private Seconds seconds(int layers) {
    var json = new LinkedHashMap<>(configJson);
    json.put("num_hidden_layers", layers);
    var model = new CausalLm(ModelConfig.of(json));
    var devices = RunDevices.of(run.parallelism());
    var batch = batch(model.layout().config().vocabularySize());
    var passes = new double[TIMED];
    var updates = new double[TIMED];
    try (var trainer = DataParallelTrainer.start(model, devices, run, machine.cores())) {
      trainer.load(new RandomWeights(run.seed(), 0.02));
      for (var i = -WARM_UP; i < TIMED; i++) {
        var start = nanoTime.getAsLong();
        trainer.gradients(batch);
        var between = nanoTime.getAsLong();
        trainer.update(i + WARM_UP, run.training().learningRate(), 1);
        var end = nanoTime.getAsLong();
        if (i >= 0) {
          passes[i] = (between - start) / 1e9;
          updates[i] = (end - between) / 1e9;
        }
      }
    }
    return new Seconds(median(passes), median(updates));
  }

  private List<PackedSequence> batch(int vocabulary) {
    var random = new Random(run.seed());
    var length = run.sequenceLength();
    var batch = new ArrayList<PackedSequence>();
    for (var i = 0; i < run.training().microBatchSize() * run.parallelism().devices(); i++) {
      var tokens = random.ints(length, 0, vocabulary).toArray();
      var targets = random.ints(length, 0, vocabulary).toArray();
      batch.add(new PackedSequence(tokens, targets, List.of(new Segment(0, length)), 0));
    }
    return batch;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
