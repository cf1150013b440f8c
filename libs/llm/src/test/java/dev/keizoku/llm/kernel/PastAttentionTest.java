package dev.keizoku.llm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import dev.keizoku.llm.torch.library.TorchThreads;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PastAttentionTest {
  private static final int TOKENS = 211;

  private final DeviceMemory memory = new DeviceMemory(Device.cpu());
  private final Random random = new Random(23);

  @AfterEach
  void free() {
    TorchThreads.use(Runtime.getRuntime().availableProcessors());
    memory.close();
  }

  private Tensor random(DataType type, long heads, long size) {
    var values = new float[(int) (TOKENS * heads * size)];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return memory.of(values, TOKENS, heads, size).as(type);
  }

  private Heads inputs(DataType type, int queryHeads, int keyHeads, int size) {
    var inputs =
        new Heads(
            random(type, queryHeads, size),
            random(type, keyHeads, size),
            random(type, keyHeads, size));
    assumeTrue(HostAttention.servesPast(true, size, queryHeads / keyHeads), "no AVX-512 here");
    TorchThreads.use(1);
    return inputs;
  }

  /** What the tokens from one to another get that come at once after those before. */
  private float[] attend(Heads inputs, int from, int to, int window) {
    var query = inputs.query().narrow(0, from, to - from);
    var out = memory.empty(query.type(), query.shape());
    PastAttention.attend(
        new Heads(query, inputs.key().narrow(0, 0, to), inputs.value().narrow(0, 0, to)),
        out,
        window);
    return HostCopy.floats(out.as(DataType.FLOAT32));
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32,6,2,32,2147483647",
    "FLOAT32,4,4,64,2147483647",
    "FLOAT32,7,1,16,50",
    "FLOAT32,2,2,128,1",
    "FLOAT32,64,1,16,130",
    "BFLOAT16,6,2,32,2147483647",
    "BFLOAT16,4,2,48,70"
  })
  void equalsTheFormula(DataType type, int queryHeads, int keyHeads, int size, int window) {
    var inputs = inputs(type, queryHeads, keyHeads, size);
    var found = attend(inputs, 0, TOKENS, window);
    var exact = exact(inputs, window);
    for (var i = 0; i < exact.length; i++) {
      assertThat((double) found[i])
          .as("element %d", i)
          .isCloseTo(exact[i], within(type == DataType.FLOAT32 ? 5e-6 : 3e-2));
    }
  }

  private static double[] exact(Heads inputs, int window) {
    var q = HostCopy.floats(inputs.query().as(DataType.FLOAT32));
    var k = HostCopy.floats(inputs.key().as(DataType.FLOAT32));
    var v = HostCopy.floats(inputs.value().as(DataType.FLOAT32));
    var size = (int) inputs.query().dim(2);
    var heads = (int) inputs.query().dim(1);
    var keyHeads = (int) inputs.key().dim(1);
    var out = new double[q.length];
    for (var t = 0; t < TOKENS; t++) {
      for (var h = 0; h < heads; h++) {
        var row = (t * heads + h) * size;
        var sum = 0.0;
        for (var s = (int) Math.max(0, t - (long) window + 1); s <= t; s++) {
          var other = (s * keyHeads + h * keyHeads / heads) * size;
          var score = 0.0;
          for (var i = 0; i < size; i++) {
            score += (double) q[row + i] * k[other + i];
          }
          var weight = Math.exp(score / Math.sqrt(size));
          sum += weight;
          for (var i = 0; i < size; i++) {
            out[row + i] += weight * v[other + i];
          }
        }
        for (var i = 0; i < size; i++) {
          out[row + i] /= sum;
        }
      }
    }
    return out;
  }

  /** To the last bit, however many come at once. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32,6,2,32,2147483647",
    "FLOAT32,4,4,64,2147483647",
    "FLOAT32,7,1,16,50",
    "BFLOAT16,6,2,32,2147483647",
    "BFLOAT16,4,2,48,70"
  })
  void aTokenGetsTheSameInAnyCompany(
      DataType type, int queryHeads, int keyHeads, int size, int window) {
    var inputs = inputs(type, queryHeads, keyHeads, size);
    var whole = attend(inputs, 0, TOKENS, window);
    var width = queryHeads * size;
    for (var most : new int[] {1, 20, 64, 100}) {
      for (var from = 0; from < TOKENS; ) {
        var to = Math.min(TOKENS, from + 1 + random.nextInt(most));
        var part = attend(inputs, from, to, window);
        for (var i = 0; i < part.length; i++) {
          assertThat(Float.floatToRawIntBits(part[i]))
              .as("tokens %d to %d, element %d", from, to, i)
              .isEqualTo(Float.floatToRawIntBits(whole[from * width + i]));
        }
        from = to;
      }
    }
  }
}
