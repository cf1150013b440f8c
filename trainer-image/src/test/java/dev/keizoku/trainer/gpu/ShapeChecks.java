package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.torch.library.Gpus;
import dev.keizoku.trainer.gpu.CheckReport.Finding;
import dev.keizoku.trainer.parallel.DataParallelTrainer;
import dev.keizoku.trainer.plan.Speed;
import dev.keizoku.trainer.plan.memory.MemoryPlan;
import dev.keizoku.trainer.plan.memory.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole step in bf16 of a model of a usual shape: its speed, and its memory against the plan. */
final class ShapeChecks {
  // A CUDA context, cuBLAS's work space, ATen's kernels: not tensors, so not in the plan.
  private static final long OUTSIDE_OF_PLAN = 2L << 30;
  private final Device device;
  private final double peakTeraFlops;
  // What others have of the card; ATen keeps what an earlier shape had.
  private final long before;

  /**
   * @param peakTeraFlops what the device can do in bf16; 0 where that is not known
   */
  ShapeChecks(Device device, double peakTeraFlops) {
    this.device = device;
    this.peakTeraFlops = peakTeraFlops;
    before = used();
  }

  void run(CheckReport report, Shape shape) {
    report.check("a step of " + shape.name(), () -> step(shape));
  }

  private long used() {
    if (!device.isGpu()) {
      return 0;
    }
    var memory = Gpus.memory(device.getDeviceId());
    return memory.total() - memory.free();
  }

  private void synchronize() {
    if (device.isGpu()) {
      Gpus.synchronize(device.getDeviceId());
    }
  }

  private Finding step(Shape shape) {
    var run =
        new CheckRun(
            device,
            1,
            0,
            Precision.BF16,
            false,
            false,
            shape.microBatch(),
            shape.batch(),
            shape.length());
    var model = shape.model();
    var setting = Setting.of(run.run());
    var plan = MemoryPlan.of(model.layout(), setting).deviceBytes();
    try (var trainer = run.start(model, new RepeatedWeights(0.02))) {
      var seconds = seconds(trainer, shape);
      var peak = trainer.memoryUse().getFirst().peak();
      var card = used() - before;
      var tokens = (double) shape.batch() * shape.length();
      var median = seconds.clone();
      Arrays.sort(median);
      var speed = tokens / median[median.length / 2];
      var flops = speed * Speed.flopsPerToken(model.layout(), setting);
      var figures = new LinkedHashMap<String, Object>();
      figures.put("tokensPerSecond", speed);
      figures.put("stepSeconds", seconds);
      figures.put("teraFlops", flops / 1e12);
      figures.put("mfu", peakTeraFlops == 0 ? null : flops / 1e12 / peakTeraFlops);
      figures.put("plannedBytes", plan);
      figures.put("tensorPeakBytes", peak);
      figures.put("cardBytes", card);
      var fits = Math.abs(peak - plan) <= 0.1 * plan && card <= 1.1 * plan + OUTSIDE_OF_PLAN;
      return new Finding(fits, text(figures, model.config().parameters()), figures);
    }
  }

  private double[] seconds(DataParallelTrainer trainer, Shape shape) {
    var batch = shape.randomBatch();
    var seconds = new double[shape.steps()];
    for (var i = -shape.warmUp(); i < seconds.length; i++) {
      var start = System.nanoTime();
      var gradients = trainer.gradients(batch);
      trainer.update(1e-5, Math.min(1, 1 / gradients.norm()));
      synchronize();
      if (i >= 0) {
        seconds[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return seconds;
  }

  private static String text(Map<String, Object> figures, long parameters) {
    return "%.2fe9 parameters, %.0f tokens/s, %.1f TFLOP/s, MFU %s; plan %.2f GiB, tensors %.2f GiB, card %.2f GiB"
        .formatted(
            parameters / 1e9,
            (double) figures.get("tokensPerSecond"),
            (double) figures.get("teraFlops"),
            figures.get("mfu") == null
                ? "unknown"
                : "%.1f %%".formatted(100 * (double) figures.get("mfu")),
            gib(figures.get("plannedBytes")),
            gib(figures.get("tensorPeakBytes")),
            gib(figures.get("cardBytes")));
  }

  private static double gib(Object bytes) {
    return (long) bytes / (double) (1L << 30);
  }
}
