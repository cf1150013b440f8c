package dev.keizoku.trainer.gpu;

import ai.djl.Device;
import dev.keizoku.llm.kernel.Kernels;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.trainer.gpu.CheckReport.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Every operator that training uses, on the device and on a processor, with the same input. */
final class OperatorChecks {
  private static final int ROWS = 96;
  private static final int WIDTH = 128;
  private final Device device;

  OperatorChecks(Device device) {
    this.device = device;
  }

  /** An operator on tensors of any memory; gives what is compared. */
  private interface Operator {
    List<Tensor> apply(Inputs inputs);
  }

  /** The same random numbers in whatever memory. */
  private static final class Inputs {
    private final DeviceMemory memory;
    private final DataType type;
    private final Random random = new Random(5);

    Inputs(DeviceMemory memory, DataType type) {
      this.memory = memory;
      this.type = type;
    }

    Tensor next(long... shape) {
      return fp32(shape).as(type);
    }

    Tensor fp32(long... shape) {
      var values = new float[(int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      for (var i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return memory.of(values, shape);
    }

    Tensor rows(int bound) {
      return memory.of(random.longs(ROWS, 0, bound).toArray(), ROWS);
    }

    Tensor result(long... shape) {
      return memory.zeros(type, shape);
    }
  }

  private static Map<String, Operator> operators() {
    var operators = new java.util.LinkedHashMap<String, Operator>();
    operators.put("mm", OperatorChecks::product);
    operators.put("addmm", OperatorChecks::addedProduct);
    operators.put("index_select, index_add", OperatorChecks::rows);
    operators.put("sum, linalg_vector_norm", OperatorChecks::sums);
    operators.put("rms norm", OperatorChecks::norm);
    operators.put("rms norm backward", OperatorChecks::normBackward);
    operators.put("gate", OperatorChecks::gate);
    operators.put("rotation", OperatorChecks::rotation);
    operators.put("cross-entropy", OperatorChecks::crossEntropy);
    return operators;
  }

  /** Makes them all. */
  void run(CheckReport report) {
    for (var type : List.of(DataType.FLOAT32, DataType.BFLOAT16)) {
      operators()
          .forEach(
              (name, operator) ->
                  report.check("operator " + name + " " + type, () -> compare(operator, type)));
    }
    report.check("copy between host and device", this::roundTrip);
  }

  private Finding compare(Operator operator, DataType type) {
    var actual = values(operator, device, type);
    var expected = values(operator, Device.cpu(), type);
    var worst = 0.0;
    for (var i = 0; i < expected.size(); i++) {
      worst = Math.max(worst, Difference.of(actual.get(i), expected.get(i)));
    }
    // One step of bf16 is 2^-8; a sum in another order may round to the neighbour of a neighbour.
    var tolerance = type == DataType.FLOAT32 ? 1e-5 : 1.6e-2;
    return new Finding(
        worst <= tolerance,
        "differs by %.1e of the largest, %.1e allowed".formatted(worst, tolerance),
        Map.of("difference", worst));
  }

  private static List<float[]> values(Operator operator, Device device, DataType type) {
    try (var memory = new DeviceMemory(device)) {
      return operator.apply(new Inputs(memory, type)).stream().map(HostCopy::floats).toList();
    }
  }

  private Finding roundTrip() {
    try (var memory = new DeviceMemory(device)) {
      var values = HostCopy.floats(new Inputs(memory, DataType.FLOAT32).next(ROWS, WIDTH));
      var back = HostCopy.floats(memory.of(values, ROWS, WIDTH));
      return Finding.of(java.util.Arrays.equals(values, back), "the same bits");
    }
  }

  private static List<Tensor> product(Inputs in) {
    var out = in.result(ROWS, WIDTH);
    AtenCalls.mm(out, in.next(ROWS, WIDTH), in.next(WIDTH, WIDTH).t());
    return List.of(out);
  }

  private static List<Tensor> addedProduct(Inputs in) {
    var out = in.result(ROWS, WIDTH);
    AtenCalls.addmm(out, in.next(WIDTH), in.next(ROWS, WIDTH), in.next(WIDTH, WIDTH).t(), 1, 1);
    return List.of(out);
  }

  private static List<Tensor> rows(Inputs in) {
    var table = in.next(50, WIDTH);
    var ids = in.rows(50);
    var picked = in.result(ROWS, WIDTH);
    AtenCalls.indexSelect(picked, table, ids);
    AtenCalls.indexAddInPlace(table, ids, in.next(ROWS, WIDTH));
    return List.of(picked, table);
  }

  private static List<Tensor> sums(Inputs in) {
    var x = in.next(ROWS, WIDTH);
    var sum = in.result(WIDTH);
    AtenCalls.sum(sum, x, 0, false);
    var norm = in.memory.empty(DataType.FLOAT32, ROWS, 1);
    AtenCalls.norm(norm, x.as(DataType.FLOAT32));
    return List.of(sum, norm);
  }

  private static List<Tensor> norm(Inputs in) {
    var y = in.result(ROWS, WIDTH);
    var scale = in.memory.empty(DataType.FLOAT32, ROWS, 1);
    Kernels.on(y).rmsNorm(y, scale, in.fp32(ROWS, WIDTH), in.next(WIDTH), 1e-6);
    return List.of(y, scale);
  }

  private static List<Tensor> normBackward(Inputs in) {
    var x = in.fp32(ROWS, WIDTH);
    var weight = in.next(WIDTH);
    var y = in.result(ROWS, WIDTH);
    var scale = in.memory.empty(DataType.FLOAT32, ROWS, 1);
    Kernels.on(y).rmsNorm(y, scale, x, weight, 1e-6);
    var dx = in.memory.zeros(DataType.FLOAT32, ROWS, WIDTH);
    var gradWeight = in.result(WIDTH);
    Kernels.on(y)
        .rmsNormBackward(
            dx,
            gradWeight,
            in.next(ROWS, WIDTH),
            new Kernels.Norm(x, scale),
            weight,
            in.fp32(ROWS, WIDTH));
    return List.of(dx, gradWeight);
  }

  private static List<Tensor> gate(Inputs in) {
    var gateUp = in.next(ROWS, 2 * WIDTH);
    var out = in.result(ROWS, WIDTH);
    Kernels.on(out).gate(out, gateUp);
    var gradGateUp = in.result(ROWS, 2 * WIDTH);
    Kernels.on(out).gateBackward(gradGateUp, in.next(ROWS, WIDTH), gateUp);
    return List.of(out, gradGateUp);
  }

  private static List<Tensor> rotation(Inputs in) {
    var heads = in.next(ROWS, 4, 64);
    var turned = in.result(ROWS, 4, 64);
    var cosine = in.fp32(ROWS, 1, 32);
    var sine = in.fp32(ROWS, 1, 32);
    Kernels.on(heads).rotate(turned, heads, cosine, sine, 1);
    return List.of(turned);
  }

  private static List<Tensor> crossEntropy(Inputs in) {
    var logits = in.next(ROWS, 500);
    var targets = new int[ROWS];
    for (var i = 0; i < ROWS; i++) {
      targets[i] = i % 7 == 0 ? -1 : 3 * i;
    }
    var losses = Kernels.on(logits).crossEntropy(logits, targets, 1.0);
    var results = new ArrayList<Tensor>();
    results.add(logits);
    results.add(in.memory.of(losses, ROWS));
    return results;
  }
}
