package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.llm.model.LanguageModelHead;
import dev.keizoku.llm.model.SequenceContext;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Gpus;
import dev.keizoku.trainer.gpu.CheckReport.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a step's time goes, in bf16: copying a unit, a block forward and backward, the head. */
final class TimeChecks {
  private static final int TIMES = 5;
  private final Device device;

  TimeChecks(Device device) {
    this.device = device;
  }

  void run(CheckReport report, Shape shape) {
    report.check("times of " + shape.name(), () -> times(shape));
  }

  private Finding times(Shape shape) {
    var model = shape.model(1);
    try (var memory = new DeviceMemory(device)) {
      var weights = new ArrayList<UnitTensors>();
      var gradients = new ArrayList<UnitTensors>();
      for (var unit : model.layout().units()) {
        var flat = memory.empty(DataType.BFLOAT16, unit.elements());
        new RepeatedWeights(0.02).fill(unit, 0, flat);
        weights.add(new UnitTensors(unit, flat));
        gradients.add(new UnitTensors(unit, memory.zeros(DataType.BFLOAT16, unit.elements())));
      }
      var rows = shape.microBatch() * shape.length();
      var sequence = shape.randomBatch().getFirst();
      var segments = new ArrayList<dev.keizoku.llm.model.Segment>();
      var ids = new long[rows];
      var targets = new int[rows];
      for (var i = 0; i < rows; i++) {
        ids[i] = sequence.tokens()[i % shape.length()];
        targets[i] = sequence.targets()[i % shape.length()];
      }
      for (var i = 0; i < shape.microBatch(); i++) {
        segments.add(new dev.keizoku.llm.model.Segment(i * shape.length(), shape.length()));
      }
      var context = SequenceContext.of(segments, model.config(), memory);
      var hidden = model.embedding().forward(memory.of(ids, rows), weights.getFirst());
      var target = memory.empty(DataType.BFLOAT16, weights.get(1).flat().elements());
      var seconds = new LinkedHashMap<String, Object>();
      seconds.put(
          "copy of a block",
          milliseconds(memory, () -> AtenCalls.copy(target, weights.get(1).flat())));
      seconds.put(
          "block forward",
          milliseconds(
              memory,
              () -> model.block(1).record(hidden, weights.get(1), context).state().close()));
      var recorded = model.block(1).record(hidden, weights.get(1), context);
      seconds.put(
          "block backward",
          milliseconds(
              memory,
              () ->
                  model
                      .block(1)
                      .backward(
                          hidden, recorded.state(), context, weights.get(1), gradients.get(1))));
      seconds.put(
          "head and loss",
          milliseconds(
              memory,
              () ->
                  model
                      .head()
                      .lossGradient(
                          hidden,
                          targets,
                          1.0 / rows,
                          new LanguageModelHead.Pair(weights.getLast(), weights.getFirst()),
                          new LanguageModelHead.Pair(gradients.getLast(), gradients.getFirst()))));
      return new Finding(true, "milliseconds " + rounded(seconds), seconds);
    }
  }

  private static Map<String, String> rounded(Map<String, Object> seconds) {
    var texts = new LinkedHashMap<String, String>();
    seconds.forEach((name, value) -> texts.put(name, "%.2f".formatted((double) value)));
    return texts;
  }

  // The median of some times, after one that is not counted.
  private double milliseconds(DeviceMemory memory, Runnable work) {
    var times = new ArrayList<Double>();
    for (var i = 0; i <= TIMES; i++) {
      try (var scope = memory.scope()) {
        var start = System.nanoTime();
        work.run();
        if (device.isGpu()) {
          Gpus.synchronize(device.getDeviceId());
        }
        times.add((System.nanoTime() - start) / 1e6);
      }
    }
    return times.subList(1, times.size()).stream().sorted().toList().get(TIMES / 2);
  }
}
