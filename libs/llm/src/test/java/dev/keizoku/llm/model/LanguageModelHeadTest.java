package dev.keizoku.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loss in several chunks of rows against the same rows one chunk at a time. */
class LanguageModelHeadTest {
  private static final int ROWS = 1200;
  private static final int CHUNK = 256;
  private static final int VOCABULARY = 20_000;
  private static final CausalLm MODEL =
      new CausalLm(
          ModelConfig.of(
              Map.of(
                  "model_type", "qwen2",
                  "vocab_size", VOCABULARY,
                  "hidden_size", 16,
                  "intermediate_size", 24,
                  "num_hidden_layers", 1,
                  "num_attention_heads", 4)));

  /** The head's parameters or their gradients. */
  private static UnitTensors head(DeviceMemory memory, float[] values) {
    var unit = MODEL.layout().units().getLast();
    return new UnitTensors(unit, memory.of(values, values.length));
  }

  private static float[] random(long size, long seed) {
    var random = new Random(seed);
    var values = new float[(int) size];
    for (var i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static LanguageModelHead.LossGradient pass(
      Tensor hidden, int[] targets, UnitTensors weights, UnitTensors gradients) {
    return MODEL
        .head()
        .lossGradient(
            hidden,
            targets,
            1.0 / ROWS,
            new LanguageModelHead.Pair(weights, null),
            new LanguageModelHead.Pair(gradients, null));
  }

  @Test
  void theMatrixOfAllLogitsNeverExistsAndTheSumsAreTheSame() {
    var elements = MODEL.layout().units().getLast().elements();
    var targets = new Random(2).ints(ROWS, -1, VOCABULARY).toArray();
    try (var memory = new DeviceMemory(Device.cpu())) {
      var weights = head(memory, random(elements, 1));
      var whole = head(memory, new float[(int) elements]);
      var parts = head(memory, new float[(int) elements]);
      var hidden = memory.of(random(ROWS * 16L, 3), ROWS, 16);
      var before = memory.allocatedBytes();
      var result = pass(hidden, targets, weights, whole);
      assertThat(memory.peakBytes() - before).isLessThan(4L * ROWS * VOCABULARY / 3);

      for (var start = 0; start < ROWS; start += CHUNK) {
        var end = Math.min(ROWS, start + CHUNK);
        var rows = hidden.narrow(0, start, end - start);
        var part = pass(rows, Arrays.copyOfRange(targets, start, end), weights, parts);
        assertThat(part.losses())
            .containsExactly(Arrays.copyOfRange(result.losses(), start, end), within(1e-5f));
        var expected = HostCopy.floats(result.gradient().narrow(0, start, end - start));
        assertThat(HostCopy.floats(part.gradient())).containsExactly(expected, within(1e-7f));
      }
      AtenCalls.addInPlace(parts.flat(), whole.flat(), -1);
      assertThat(largest(HostCopy.floats(parts.flat()))).isLessThan(1e-6f);
    }
  }

  /** As many chunks as one more would change by less than bf16 can tell from their sum. */
  @Test
  void chunksOfABf16HeadAreSummedInFp32() {
    var chunks = 24;
    var elements = MODEL.layout().units().getLast().elements();
    try (var memory = new DeviceMemory(Device.cpu())) {
      var weights = head(memory, random(elements, 1)).flat().as(DataType.BFLOAT16);
      var head = new UnitTensors(MODEL.layout().units().getLast(), weights);
      var hidden = memory.empty(DataType.FLOAT32, chunks, CHUNK * 16);
      AtenCalls.copy(hidden, memory.of(random(CHUNK * 16L, 3), 1, CHUNK * 16));
      var one = gradient(memory, head, hidden.narrow(0, 0, 1).view(CHUNK, 16));
      var all = gradient(memory, head, hidden.view(chunks * CHUNK, 16));
      AtenCalls.mulInPlace(one, chunks);
      var expected = HostCopy.floats(one);
      AtenCalls.addInPlace(all, one, -1);
      assertThat(largest(HostCopy.floats(all))).isLessThan(1e-6f * largest(expected));
    }
  }

  private static float largest(float[] values) {
    var largest = 0f;
    for (var value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static Tensor gradient(DeviceMemory memory, UnitTensors head, Tensor hidden) {
    var gradients = head(memory, new float[(int) head.flat().elements()]);
    pass(hidden, new int[(int) hidden.dim(0)], head, gradients);
    return gradients.get("lm_head.weight");
  }
}
