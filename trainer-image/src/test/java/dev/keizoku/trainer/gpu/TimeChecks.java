package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.LanguageModelHead.Pair;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.Gpus;
import dev.keizoku.trainer.gpu.CheckReport.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Where a step's time goes, in bf16: copying a unit, a block forward and backward, the head. */
final class TimeChecks {
  // What Java has not compiled yet is not what a run's steps are.
  private static final int WARM_UP = 60;
  private static final int TIMES = 9;
  private final Device device;

  TimeChecks(Device device) {
    this.device = device;
  }

  /** Medians in milliseconds: until the device has done the work, and until it was given it. */
  private record Median(double done, double given) {}

  void run(CheckReport report, Shape shape) {
    report.check("times of " + shape.name(), () -> times(shape));
  }

  private Finding times(Shape shape) {
    try (var memory = new DeviceMemory(device)) {
      var medians = new Layer(shape, memory).medians();
      var figures = new LinkedHashMap<String, Object>();
      medians.forEach((name, median) -> figures.put(name, List.of(median.done(), median.given())));
      return new Finding(true, text(medians), figures);
    }
  }

  private static String text(Map<String, Median> medians) {
    var texts = new ArrayList<String>();
    medians.forEach(
        (name, median) ->
            texts.add("%s %.2f (host %.2f)".formatted(name, median.done(), median.given())));
    return "milliseconds: " + String.join(", ", texts);
  }

  /** One layer of a shape and its head, with a micro-batch of random tokens. */
  private final class Layer {
    private final DeviceMemory memory;
    private final CausalLm model;
    private final List<UnitTensors> weights = new ArrayList<>();
    private final List<UnitTensors> gradients = new ArrayList<>();
    private final int[] targets;
    private final SequenceContext context;
    private final Tensor hidden;

    Layer(Shape shape, DeviceMemory memory) {
      this.memory = memory;
      model = shape.model(1);
      for (var unit : model.layout().units()) {
        var flat = memory.empty(DataType.BFLOAT16, unit.elements());
        new RepeatedWeights(0.02).fill(unit, 0, flat);
        weights.add(new UnitTensors(unit, flat));
        gradients.add(new UnitTensors(unit, memory.zeros(DataType.BFLOAT16, unit.elements())));
      }
      var sequences = shape.randomBatch().subList(0, shape.microBatch());
      var ids = sequences.stream().flatMapToInt(s -> IntStream.of(s.tokens())).asLongStream();
      targets = sequences.stream().flatMapToInt(s -> IntStream.of(s.targets())).toArray();
      var segments =
          IntStream.range(0, shape.microBatch())
              .mapToObj(i -> new Segment(i * shape.length(), shape.length()))
              .toList();
      context = SequenceContext.of(segments, model.config(), memory);
      hidden =
          model.embedding().forward(memory.of(ids.toArray(), targets.length), weights.getFirst());
    }

    Map<String, Median> medians() {
      var block = model.block(1);
      var unit = weights.get(1);
      var copy = memory.empty(DataType.BFLOAT16, unit.flat().elements());
      var recorded = block.record(hidden, unit, context);
      var medians = new LinkedHashMap<String, Median>();
      medians.put("copy of a block", median(() -> AtenCalls.copy(copy, unit.flat())));
      medians.put(
          "block forward", median(() -> block.record(hidden, unit, context).state().close()));
      medians.put(
          "block backward",
          median(() -> block.backward(hidden, recorded.state(), context, unit, gradients.get(1))));
      medians.put("head and loss", median(this::head));
      return medians;
    }

    private void head() {
      model
          .head()
          .lossGradient(
              hidden,
              targets,
              1.0 / targets.length,
              new Pair(weights.getLast(), weights.getFirst()),
              new Pair(gradients.getLast(), gradients.getFirst()));
    }

    private Median median(Runnable work) {
      var done = new ArrayList<Double>();
      var given = new ArrayList<Double>();
      var rounds = device.isGpu() ? WARM_UP + TIMES : 1 + TIMES;
      for (var i = 0; i < rounds; i++) {
        try (var scope = memory.scope()) {
          var start = System.nanoTime();
          work.run();
          given.add((System.nanoTime() - start) / 1e6);
          if (device.isGpu()) {
            Gpus.synchronize(device.getDeviceId());
          }
          done.add((System.nanoTime() - start) / 1e6);
        }
      }
      return new Median(lastMedian(done), lastMedian(given));
    }
  }

  private static double lastMedian(List<Double> times) {
    return times.subList(times.size() - TIMES, times.size()).stream()
        .sorted()
        .toList()
        .get(TIMES / 2);
  }
}
