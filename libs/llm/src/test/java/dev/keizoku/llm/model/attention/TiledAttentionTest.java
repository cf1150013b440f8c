package dev.keizoku.llm.model.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.keizoku.llm.kernel.Heads;
import dev.keizoku.llm.kernel.HostAttention;
import dev.keizoku.llm.model.attention.AttentionKernel.Forward;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiled kernel against ATen's flash attention. */
class TiledAttentionTest {
  private static final int ROWS = 300;
  // Shorter than a tile, one row, several tiles and a bit.
  private static final List<Segment> SEGMENTS =
      List.of(new Segment(0, 40), new Segment(40, 1), new Segment(41, 64), new Segment(105, 195));

  private final DeviceMemory memory = new DeviceMemory(Device.cpu());
  private final Random random = new Random(11);

  @AfterEach
  void free() {
    TorchThreads.use(Runtime.getRuntime().availableProcessors());
    memory.close();
    assertThat(memory.allocatedBytes()).isZero();
  }

  private Tensor random(DataType type, long... shape) {
    var values = new float[(int) (shape[0] * shape[1] * shape[2])];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return memory.of(values, shape).as(type);
  }

  private Heads heads(DataType type, int queryHeads, int keyHeads, int headSize) {
    // Key and value are parts of one tensor, as in the model.
    var rows = random(type, ROWS, queryHeads + 2L * keyHeads, headSize);
    return new Heads(
        rows.narrow(1, 0, queryHeads),
        rows.narrow(1, queryHeads, keyHeads),
        rows.narrow(1, queryHeads + keyHeads, keyHeads));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32,4,4,32,1",
    "FLOAT32,6,2,64,3",
    "FLOAT32,2,1,16,2",
    "FLOAT32,2,1,128,1",
    "BFLOAT16,4,2,64,2",
    "BFLOAT16,2,2,32,1",
    "BFLOAT16,4,1,128,3",
    // Not cut into pairs of vectors: the kernel's fp32 form, that of processors without AMX.
    "BFLOAT16,4,2,48,2",
  })
  void equalsFlashAttention(
      DataType type, int queryHeads, int keyHeads, int headSize, int threads) {
    var inputs = heads(type, queryHeads, keyHeads, headSize);
    assumeTrue(HostAttention.serves(inputs.query(), headSize), "no AVX-512 here");
    TorchThreads.use(threads);
    var gradOut = random(type, ROWS, queryHeads, headSize);
    var expected = run(new FlashAttention(), inputs, gradOut);
    var actual = run(new TiledAttention(), inputs, gradOut);
    for (var i = 0; i < expected.size(); i++) {
      var a = HostCopy.floats(expected.get(i));
      var b = HostCopy.floats(actual.get(i));
      for (var e = 0; e < a.length; e++) {
        assertThat(b[e])
            .as("result %d, element %d", i, e)
            .isCloseTo(a[e], within(type == DataType.FLOAT32 ? 2e-5f : 6e-2f));
      }
    }
  }

  /** In bf16: no further from what fp32 gives than ATen's own kernel is. */
  @ParameterizedTest
  @CsvSource({"6,2,64", "2,2,128", "4,2,48"})
  void errsNoMoreThanFlashAttention(int queryHeads, int keyHeads, int headSize) {
    var inputs = heads(DataType.BFLOAT16, queryHeads, keyHeads, headSize);
    assumeTrue(HostAttention.serves(inputs.query(), headSize), "no AVX-512 here");
    var gradOut = random(DataType.BFLOAT16, ROWS, queryHeads, headSize);
    var exact =
        run(
            new FlashAttention(),
            new Heads(
                inputs.query().as(DataType.FLOAT32),
                inputs.key().as(DataType.FLOAT32),
                inputs.value().as(DataType.FLOAT32)),
            gradOut.as(DataType.FLOAT32));
    var flash = run(new FlashAttention(), inputs, gradOut);
    var tiled = run(new TiledAttention(), inputs, gradOut);
    for (var i = 0; i < exact.size(); i++) {
      assertThat(error(tiled.get(i), exact.get(i)))
          .as("result %d", i)
          .isLessThan(1.1 * error(flash.get(i), exact.get(i)));
    }
  }

  // Root of the mean square.
  private static double error(Tensor found, Tensor exact) {
    var a = HostCopy.floats(found);
    var b = HostCopy.floats(exact);
    var sum = 0.0;
    for (var i = 0; i < a.length; i++) {
      sum += Math.pow(a[i] - b[i], 2);
    }
    return Math.sqrt(sum / a.length);
  }

  /** A document's numbers are the same bits whatever lies beside it, on any number of threads. */
  @ParameterizedTest
  @CsvSource({"FLOAT32,64", "BFLOAT16,64", "BFLOAT16,128"})
  void documentsDoNotTouchEachOther(DataType type, int headSize) {
    var inputs = heads(type, 4, 2, headSize);
    assumeTrue(HostAttention.serves(inputs.query(), headSize), "no AVX-512 here");
    var gradOut = random(type, ROWS, 4, headSize);
    TorchThreads.use(3);
    var packed = run(new TiledAttention(), inputs, gradOut);
    TorchThreads.use(1);
    var last = SEGMENTS.getLast();
    var alone =
        run(
            new TiledAttention(),
            new Heads(part(inputs.query()), part(inputs.key()), part(inputs.value())),
            part(gradOut),
            List.of(new Segment(0, last.length())));
    for (var i = 0; i < alone.size(); i++) {
      assertThat(HostCopy.floats(alone.get(i)))
          .as("result %d", i)
          .isEqualTo(HostCopy.floats(part(packed.get(i))));
    }
  }

  private static Tensor part(Tensor rows) {
    var last = SEGMENTS.getLast();
    return rows.narrow(0, last.start(), last.length());
  }

  private List<Tensor> run(AttentionKernel kernel, Heads inputs, Tensor gradOut) {
    return run(kernel, inputs, gradOut, SEGMENTS);
  }

  private List<Tensor> run(
      AttentionKernel kernel, Heads inputs, Tensor gradOut, List<Segment> segments) {
    var out = memory.zeros(gradOut.type(), gradOut.shape());
    var saved = kernel.forward(inputs, out, segments);
    var gradients =
        new Heads(
            memory.zeros(out.type(), inputs.query().shape()),
            memory.zeros(out.type(), inputs.key().shape()),
            memory.zeros(out.type(), inputs.value().shape()));
    kernel.backward(inputs, new Forward(out, saved, segments), gradOut, gradients);
    return List.of(out, gradients.query(), gradients.key(), gradients.value());
  }
}
