package dev.keizoku.llm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What "to the same bits" rests on: on a processor a result depends on its arguments alone, not on
 * where they lie in memory nor, in matrix products, on how many threads there are. MKL promises
 * that only in a mode of its own (CNR), which changes what it computes with.
 */
class SameBitsTest {
  private static final int ALIGNED = 16;
  private final DeviceMemory memory = new DeviceMemory(Device.cpu());

  @AfterEach
  void free() {
    TorchThreads.use(Runtime.getRuntime().availableProcessors());
    memory.close();
  }

  private static float[] random(long size, long seed) {
    var values = new float[(int) size];
    var random = new Random(seed);
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The values, so many elements behind an address that is a multiple of 64. */
  private Tensor at(int offset, float[] values, long... shape) {
    var all = memory.empty(DataType.FLOAT32, values.length + ALIGNED);
    var tensor = all.narrow(0, offset, values.length);
    HostCopy.write(tensor, 0, values);
    return tensor.view(shape);
  }

  private void everywhere(
      int mostThreads, float[] values, UnaryOperator<Tensor> work, long... shape) {
    TorchThreads.use(1);
    var expected = HostCopy.floats(work.apply(at(0, values, shape)));
    for (var threads = 1; threads <= mostThreads; threads++) {
      TorchThreads.use(threads);
      for (var offset = 1; offset < ALIGNED; offset++) {
        try (var scope = memory.scope()) {
          var found = HostCopy.floats(work.apply(at(offset, values, shape)));
          assertThat(Arrays.equals(found, expected))
              .as("%d threads, %d bytes behind", threads, offset * Float.BYTES)
              .isTrue();
        }
      }
    }
  }

  /** Shapes of the tests' smallest model and of one with a real width. */
  @ParameterizedTest(name = "[{0}, {1}] x [{1}, {2}]")
  @CsvSource({"32,16,48", "32,24,16", "48,32,16", "512,256,768", "131,77,300", "1,64,1000"})
  void products(int rows, int inner, int columns) {
    for (var side = 0; side < 2; side++) {
      var other = side == 0 ? random((long) inner * columns, 2) : random((long) rows * inner, 2);
      for (var behind = 0; behind < ALIGNED; behind += 5) {
        var fixed = side == 0 ? at(behind, other, columns, inner) : at(behind, other, rows, inner);
        var left = side == 0;
        var shape = left ? new long[] {rows, inner} : new long[] {columns, inner};
        everywhere(
            2,
            random(shape[0] * inner, 1),
            moved -> {
              var out = memory.zeros(DataType.FLOAT32, rows, columns);
              var a = left ? moved : fixed;
              AtenCalls.addmm(out, out, a, (left ? fixed : moved).t(), 1, 1);
              return out;
            },
            shape);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "16", "70"})
  void attention(int tokens) {
    everywhere(
        2,
        random(3L * 4 * tokens * 8, 1),
        all -> {
          var q = all.narrow(0, 0, 1);
          var k = all.narrow(0, 1, 1);
          var v = all.narrow(0, 2, 1);
          var flash = AttentionCalls.flash(q, k, v, true, null);
          var gradients =
              AttentionCalls.flashBackward(
                  q, new Tensor[] {q, k, v}, flash.output(), flash.logSumExp(), true, null);
          var results = memory.empty(DataType.FLOAT32, 4, 1, 4, tokens, 8);
          AtenCalls.copy(results.narrow(0, 3, 1), flash.output());
          for (var i = 0; i < 3; i++) {
            AtenCalls.copy(results.narrow(0, i, 1), gradients[i]);
          }
          return results;
        },
        3,
        4,
        tokens,
        8);
  }

  @ParameterizedTest
  @CsvSource({"17", "4096", "70000"})
  void norms(int length) {
    // Sums of fp32 do depend on the threads: a run keeps their number.
    everywhere(
        1,
        random(length, 1),
        x -> {
          var norm = memory.empty(DataType.FLOAT32, 1);
          AtenCalls.norm(norm, x);
          return norm;
        },
        length);
  }
}
