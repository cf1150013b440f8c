package dev.keizoku.llm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both implementations of every kernel give the same, up to the rounding of the type. */
class KernelsTest {
  private static final int ROWS = 131;
  private final DeviceMemory memory = new DeviceMemory(Device.cpu());
  private final Random random = new Random(7);
  private DataType type;

  @BeforeEach
  void needsTheVectorApi() {
    assumeTrue(HostKernels.AVAILABLE, "no vectors of 256 bits here");
  }

  @AfterEach
  void free() {
    TorchThreads.use(Runtime.getRuntime().availableProcessors());
    memory.close();
    assertThat(memory.allocatedBytes()).isZero();
  }

  private void given(DataType type, int threads) {
    this.type = type;
    TorchThreads.use(threads);
  }

  private Tensor random(DataType type, long... shape) {
    var values = new float[(int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return memory.of(values, shape).as(type);
  }

  private Tensor copy(Tensor tensor) {
    var copy = memory.empty(tensor.type(), tensor.shape());
    AtenCalls.copy(copy, tensor);
    return copy;
  }

  private void same(Function<Kernels, Tensor> result) {
    var aten = HostCopy.floats(result.apply(AtenKernels.INSTANCE));
    var vector = HostCopy.floats(result.apply(HostKernels.VECTOR));
    assertThat(vector).hasSameSizeAs(aten);
    var tolerance = type == DataType.FLOAT32 ? 2e-5 : 3e-2;
    for (var i = 0; i < aten.length; i++) {
      assertThat((double) vector[i])
          .as("element %d", i)
          .isCloseTo(aten[i], within(tolerance * Math.max(1, Math.abs(aten[i]))));
    }
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1,64", "FLOAT32,3,70", "BFLOAT16,1,64", "BFLOAT16,3,70"})
  void normOfRows(DataType type, int threads, int width) {
    given(type, threads);
    var x = random(DataType.FLOAT32, ROWS, width);
    var w = random(type, width);
    var scale = memory.empty(DataType.FLOAT32, ROWS, 1);
    same(
        kernels -> {
          var y = memory.empty(type, ROWS, width);
          kernels.rmsNorm(y, scale, x, w, 1e-6);
          return y;
        });
    var dy = random(type, ROWS, width);
    var residual = random(DataType.FLOAT32, ROWS, width);
    var norm = new Kernels.Norm(x, scale);
    same(
        kernels -> {
          var dx = memory.empty(DataType.FLOAT32, ROWS, width);
          kernels.rmsNormBackward(dx, memory.zeros(type, width), dy, norm, w, residual);
          return dx;
        });
    same(
        kernels -> {
          var gradWeight = memory.zeros(type, width);
          AtenCalls.copy(gradWeight, w);
          var dx = memory.empty(DataType.FLOAT32, ROWS, width);
          kernels.rmsNormBackward(dx, gradWeight, dy, norm, w, null);
          return gradWeight;
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNormsBackwardPassRoundsNothingOnItsWay(boolean aten) {
    given(DataType.BFLOAT16, 1);
    var kernels = aten ? AtenKernels.INSTANCE : HostKernels.VECTOR;
    var x = random(DataType.FLOAT32, ROWS, 64);
    var weight = random(type, 64);
    var dy = random(type, ROWS, 64);
    var scale = memory.empty(DataType.FLOAT32, ROWS, 1);
    kernels.rmsNorm(memory.empty(type, ROWS, 64), scale, x, weight, 1e-6);
    var half = memory.empty(DataType.FLOAT32, ROWS, 64);
    var full = memory.empty(DataType.FLOAT32, ROWS, 64);
    var sums = memory.zeros(DataType.FLOAT32, 64);
    var norm = new Kernels.Norm(x, scale);
    kernels.rmsNormBackward(half, sums, dy, norm, weight, null);
    kernels.rmsNormBackward(
        full, sums, dy.as(DataType.FLOAT32), norm, weight.as(DataType.FLOAT32), null);
    assertThat(HostCopy.floats(half)).containsExactly(HostCopy.floats(full), within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1", "FLOAT32,2", "BFLOAT16,1"})
  void normOfHeadsInsideWiderRows(DataType type, int threads) {
    given(type, threads);
    var x = random(type, ROWS, 6, 32).narrow(1, 1, 4);
    var w = random(type, 32);
    var scale = memory.empty(DataType.FLOAT32, ROWS, 4, 1);
    same(
        kernels -> {
          var y = memory.empty(type, ROWS, 4, 32);
          kernels.rmsNorm(y, scale, x, w, 1e-6);
          return y;
        });
    var dy = random(type, ROWS, 5, 32).narrow(1, 0, 4);
    same(
        kernels -> {
          var dx = memory.empty(DataType.FLOAT32, ROWS, 4, 32);
          var gradWeight = memory.zeros(type, 32);
          kernels.rmsNormBackward(dx, gradWeight, dy, new Kernels.Norm(x, scale), w, null);
          return dx;
        });
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1,48", "FLOAT32,2,50", "BFLOAT16,2,50"})
  void gate(DataType type, int threads, int width) {
    given(type, threads);
    var gateUp = random(type, ROWS, 2 * width);
    same(
        kernels -> {
          var out = memory.empty(type, ROWS, width);
          kernels.gate(out, gateUp);
          return out;
        });
    var gradOut = random(type, ROWS, width);
    same(
        kernels -> {
          var gradient = memory.empty(type, ROWS, 2 * width);
          kernels.gateBackward(gradient, copy(gradOut), gateUp);
          return gradient;
        });
    same(
        kernels -> {
          var out = copy(gradOut);
          kernels.gateBackward(memory.empty(type, ROWS, 2 * width), out, gateUp);
          return out;
        });
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,32,1", "FLOAT32,12,-1", "BFLOAT16,32,1"})
  void rotation(DataType type, int headSize, int direction) {
    given(type, 2);
    var source = random(type, ROWS, 6, headSize).narrow(1, 2, 3);
    var cosine = random(DataType.FLOAT32, ROWS, 1, headSize / 2);
    var sine = random(DataType.FLOAT32, ROWS, 1, headSize / 2);
    same(
        kernels -> {
          var all = memory.zeros(type, ROWS, 5, headSize);
          kernels.rotate(all.narrow(1, 1, 3), source, cosine, sine, direction);
          return all;
        });
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32", "BFLOAT16"})
  void sum(DataType type) {
    given(type, 2);
    var a = random(DataType.FLOAT32, ROWS, 50);
    var b = random(type, ROWS, 50);
    same(
        kernels -> {
          var out = memory.empty(DataType.FLOAT32, ROWS, 50);
          kernels.add(out, a, b);
          return out;
        });
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32,1,1000", "FLOAT32,2,1008", "BFLOAT16,2,1000"})
  void crossEntropy(DataType type, int threads, int vocabulary) {
    given(type, threads);
    var logits = random(type, ROWS, vocabulary);
    AtenCalls.mulInPlace(logits, 5);
    var targets = random.ints(ROWS, -1, vocabulary).toArray();
    targets[3] = -1;
    same(
        kernels -> {
          var gradient = copy(logits);
          kernels.crossEntropy(gradient, targets, 0.25);
          return gradient;
        });
    same(
        kernels -> {
          var gradient = copy(logits);
          return memory.of(kernels.crossEntropy(gradient, targets, 0.25), ROWS);
        });
  }
}
