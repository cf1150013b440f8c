package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.trainer.data.PackedSequence;
import dev.keizoku.trainer.parallel.BareRun;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import java.util.Collections;
import java.util.List;

/**
 * How a check trains: so many ranks, all on one device.
 *
 * @param device of every rank
 * @param ranks number of them
 * @param stage ZeRO stage
 * @param precision of parameters and activations
 * @param recompute activation checkpointing
 * @param offload the optimizer's state is in host memory
 * @param microBatch sequences that go through the model together
 * @param batch sequences of a step
 * @param length of a sequence
 */
record CheckRun(
    Device device,
    int ranks,
    int stage,
    Precision precision,
    boolean recompute,
    boolean offload,
    int microBatch,
    int batch,
    int length) {
  private static final int CORES = 2;

  /** The first moments are the gradients then. */
  private static final double NO_MEMORY = 0;

  static CheckRun tiny(Device device, int ranks, int stage, Precision precision) {
    return new CheckRun(device, ranks, stage, precision, false, false, 1, 4, 64);
  }

  /** The run file. */
  TrainRun run() {
    var type = device.isGpu() ? Parallelism.DeviceType.GPU : Parallelism.DeviceType.CPU;
    var training = BareRun.training(length, 20, batch, microBatch, 1e-3, precision);
    return BareRun.of(
        training,
        new Optimizer(NO_MEMORY, 0.95, 1e-8, 0.0, 1.0),
        new Parallelism(ranks, type, null, stage, offload, recompute),
        null);
  }

  /** A trainer with the weights loaded. */
  DataParallelTrainer start(CausalLm model, WeightSource weights) {
    var trainer =
        DataParallelTrainer.start(model, Collections.nCopies(ranks, device), run(), CORES);
    trainer.load(weights);
    return trainer;
  }

  /** Losses of the first steps; the trainer is closed then. */
  double[] losses(CausalLm model, WeightSource weights, List<List<PackedSequence>> steps) {
    var losses = new double[steps.size()];
    try (var trainer = start(model, weights)) {
      for (var step = 0; step < losses.length; step++) {
        var gradients = trainer.gradients(steps.get(step));
        losses[step] = gradients.loss();
        trainer.update(1e-3, Math.min(1, 1 / gradients.norm()));
      }
    }
    return losses;
  }
}
