package dev.keizoku.trainer.parallel;

import ai.djl.Device;
import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.trainer.data.PackedSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A model of a few thousand parameters, trained on random tokens. */
final class TinyRun {
  static final int BATCH = 8;

  /** The weights that every run begins with. */
  static final RandomWeights START = new RandomWeights(7, 0.2);

  private static final int LENGTH = 12;

  private TinyRun() {}

  static CausalLm model(boolean tied) {
    return new CausalLm(
        ModelConfig.of(
            Map.of(
                "model_type", "qwen2",
                "vocab_size", 40,
                "hidden_size", 16,
                "intermediate_size", 24,
                "num_hidden_layers", 3,
                "num_attention_heads", 4,
                "num_key_value_heads", 2,
                "tie_word_embeddings", tied)));
  }

  /** A wider one: what cutting it into equal shards adds is little beside it. */
  static CausalLm measuredModel() {
    return new CausalLm(
        ModelConfig.of(
            Map.of(
                "model_type", "qwen2",
                "vocab_size", 400,
                "hidden_size", 64,
                "intermediate_size", 160,
                "num_hidden_layers", 2,
                "num_attention_heads", 4)));
  }

  static TrainRun run(
      int devices, int stage, boolean recompute, Training.Precision precision, int microBatch) {
    var parallelism =
        new Parallelism(devices, Parallelism.DeviceType.CPU, null, stage, false, recompute);
    return run(parallelism, precision, microBatch);
  }

  static TrainRun offloadedRun(
      int devices, int stage, Training.Precision precision, int microBatch) {
    var parallelism =
        new Parallelism(devices, Parallelism.DeviceType.CPU, null, stage, true, false);
    return run(parallelism, precision, microBatch);
  }

  private static TrainRun run(
      Parallelism parallelism, Training.Precision precision, int microBatch) {
    var training = BareRun.training(LENGTH, 20, BATCH, microBatch, 1e-2, precision);
    var optimizer = new Optimizer(0.9, 0.95, 1e-8, 0.1, 1.0);
    return BareRun.of(training, optimizer, parallelism, null);
  }

  static DataParallelTrainer start(CausalLm model, TrainRun run) {
    return loaded(DataParallelTrainer.start(model, devices(run), run, 1));
  }

  /** The same with ranks that copy from each other, as they do on GPUs. */
  static DataParallelTrainer startCopying(CausalLm model, TrainRun run) {
    return loaded(DataParallelTrainer.start(model, devices(run), run, 1, RankMemory.SEPARATE));
  }

  private static List<Device> devices(TrainRun run) {
    return Collections.nCopies(run.parallelism().devices(), Device.cpu());
  }

  private static DataParallelTrainer loaded(DataParallelTrainer trainer) {
    trainer.load(START);
    return trainer;
  }

  /** The same batch for the same step, always. */
  static List<PackedSequence> batch(long step) {
    var random = new Random(1000 + step);
    var batch = new ArrayList<PackedSequence>();
    for (var i = 0; i < BATCH; i++) {
      // Learnable: each token is followed by its double.
      var stream = new int[LENGTH + 1];
      stream[0] = random.nextInt(40);
      for (var j = 1; j <= LENGTH; j++) {
        stream[j] = random.nextInt(4) == 0 ? random.nextInt(40) : 2 * stream[j - 1] % 40;
      }
      var targets = java.util.Arrays.copyOfRange(stream, 1, LENGTH + 1);
      var border = 1 + random.nextInt(LENGTH - 1);
      targets[border - 1] = -1;
      batch.add(
          new PackedSequence(
              java.util.Arrays.copyOf(stream, LENGTH),
              targets,
              List.of(new Segment(0, border), new Segment(border, LENGTH - border)),
              i % 2));
    }
    return batch;
  }

  /** Losses of the first steps. */
  static double[] losses(TrainRun run, boolean tied, int steps) {
    return losses(start(model(tied), run), steps);
  }

  /** Losses of the first steps of a trainer that is closed then. */
  static double[] losses(DataParallelTrainer started, int steps) {
    try (var trainer = started) {
      return curve(trainer, steps);
    }
  }

  /** Losses of the first steps. */
  static double[] curve(DataParallelTrainer trainer, int steps) {
    var losses = new double[steps];
    for (var step = 0; step < steps; step++) {
      var gradients = trainer.gradients(batch(step));
      losses[step] = gradients.loss();
      trainer.update(1e-2, Math.min(1, 1 / gradients.norm()));
    }
    return losses;
  }
}
