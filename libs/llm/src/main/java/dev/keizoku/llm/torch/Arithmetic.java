package dev.keizoku.llm.torch;

import ai.djl.Device;
import dev.keizoku.llm.torch.library.Gpus;
import dev.keizoku.llm.torch.library.LibTorch;
import dev.keizoku.llm.torch.library.NativeArguments;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.util.Random;

/**
 * How exact arithmetic is, and that it is the same every time.
 *
 * <p>On a processor: which library multiplies fp32 matrices. With the precision that PyTorch calls
 * "medium" that is oneDNN instead of MKL: faster on AMD, and real fp32 on processors without matrix
 * units, though the name allows bf16 where those exist. So it is tried: where a product is less
 * exact than fp32 is, the default stays. With a GPU in the process nothing of that is changed, as
 * "medium" would mean TF32 there.
 *
 * <p>On a GPU: ATen's deterministic algorithms, so that a run that is killed and resumed ends in
 * the same bits. The system property {@code keizoku.deterministic=false} asks for the others, where
 * sums of the embedding's gradient and of attention's come in any order.
 */
final class Arithmetic {
  private static final String HIGHEST = "highest";
  private static final String MEDIUM = "medium";
  // Relative to the norms of row and column: fp32 errs by 4e-7 in the test, bf16 by 3e-3.
  private static final double TOLERANCE = 1e-5;
  private static final int SIZE = 256;

  private static final MethodHandle CONTEXT = LibTorch.function("_ZN2at13globalContextEv", "", 'L');
  private static final MethodHandle SET =
      LibTorch.function(
          "_ZN2at7Context25setFloat32MatmulPrecisionERKNSt7__cxx1112basic_string"
              + "IcSt11char_traitsIcESaIcEEE",
          "LL",
          'V');

  private static final MethodHandle DETERMINISTIC =
      LibTorch.function("_ZN2at7Context26setDeterministicAlgorithmsEbb", "LZZ", 'V');
  private static final MethodHandle FILL =
      LibTorch.function("_ZN2at7Context39setDeterministicFillUninitializedMemoryEb", "LZ", 'V');

  private static boolean chosen;

  private Arithmetic() {}

  /** Makes the choices; later calls do nothing, also those from within the trial. */
  static synchronized void choose() {
    if (chosen) {
      return;
    }
    chosen = true;
    if (Gpus.count() > 0) {
      if (!"false".equals(System.getProperty("keizoku.deterministic"))) {
        fixOrder();
      }
    } else {
      set(MEDIUM);
      if (error() > TOLERANCE) {
        set(HIGHEST);
      }
    }
  }

  private static void set(String precision) {
    try (var arena = Arena.ofConfined()) {
      SET.invokeExact(
          (long) CONTEXT.invokeExact(), NativeArguments.string(arena, precision).address());
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  // Where there is no such algorithm the operator fails. Memory that is written before it is read
  // need not be filled.
  private static void fixOrder() {
    try {
      var context = (long) CONTEXT.invokeExact();
      DETERMINISTIC.invokeExact(context, true, false);
      FILL.invokeExact(context, false);
    } catch (Throwable thrown) {
      throw LibTorch.unexpected(thrown);
    }
  }

  private static double error() {
    var random = new Random(1);
    var a = values(random);
    var b = values(random);
    float[] product;
    try (var memory = new DeviceMemory(Device.cpu())) {
      var out = memory.empty(DataType.FLOAT32, SIZE, SIZE);
      AtenCalls.mm(out, memory.of(a, SIZE, SIZE), memory.of(b, SIZE, SIZE).t());
      product = HostCopy.floats(out);
    }
    var rows = squares(a);
    var columns = squares(b);
    var worst = 0.0;
    for (var i = 0; i < SIZE; i++) {
      for (var j = 0; j < SIZE; j++) {
        var error = Math.abs(product[i * SIZE + j] - dot(a, i, b, j));
        worst = Math.max(worst, error / Math.sqrt(rows[i] * columns[j]));
      }
    }
    return worst;
  }

  private static float[] values(Random random) {
    var values = new float[SIZE * SIZE];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  // The square of each row's norm.
  private static double[] squares(float[] values) {
    var squares = new double[SIZE];
    for (var i = 0; i < SIZE; i++) {
      squares[i] = dot(values, i, values, i);
    }
    return squares;
  }

  private static double dot(float[] a, int row, float[] b, int column) {
    var sum = 0.0;
    for (var k = 0; k < SIZE; k++) {
      sum += (double) a[row * SIZE + k] * b[column * SIZE + k];
    }
    return sum;
  }
}
