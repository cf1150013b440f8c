package dev.keizoku.llm.model.attention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceContextTest {
  private static final ModelConfig WINDOW =
      ModelConfig.of(
          Map.of(
              "model_type", "mistral",
              "vocab_size", 40,
              "hidden_size", 16,
              "intermediate_size", 24,
              "num_hidden_layers", 1,
              "num_attention_heads", 4,
              "num_key_value_heads", 2,
              "max_position_embeddings", 128,
              "sliding_window", 40));

  /** A device's operators take no tensor of another's. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingOfAContextStaysOnTheOtherDevice(boolean pasts) {
    try (var home = new DeviceMemory(Device.cpu())) {
      var away = home.beside(Device.cpu());
      var context = pasts ? after(home) : whole(home);
      var moved = context.in(away);
      var tensors = tensors(context);
      var copies = tensors(moved);
      assertThat(tensors).hasSizeGreaterThan(2).extracting(Tensor::memory).containsOnly(home);
      assertThat(copies).extracting(Tensor::memory).containsOnly(away);
      assertThat(copies.stream().map(HostCopy::floats).toList())
          .usingRecursiveComparison()
          .isEqualTo(tensors.stream().map(HostCopy::floats).toList());
      // A mask that many parts share is copied once.
      assertThat(copies.stream().distinct()).hasSameSizeAs(tensors.stream().distinct().toList());
      assertThat(moved.segments()).isEqualTo(context.segments());
    }
  }

  private static SequenceContext whole(DeviceMemory memory) {
    return SequenceContext.of(List.of(new Segment(0, 3), new Segment(3, 50)), WINDOW, memory);
  }

  private static SequenceContext after(DeviceMemory memory) {
    var cache = new KvCache(WINDOW, 128, DataType.FLOAT32, layer -> memory);
    var other = new KvCache(WINDOW, 128, DataType.FLOAT32, layer -> memory);
    var tokens = new int[] {90, 70};
    return SequenceContext.after(
        List.of(cache, other), tokens, WINDOW, memory, FixedShapes.on(memory));
  }

  private static List<Tensor> tensors(SequenceContext context) {
    var tensors = new ArrayList<Tensor>();
    tensors.add(context.rope().cosine());
    tensors.add(context.rope().sine());
    tensors.add(context.windowMask());
    tensors.add(context.starts());
    for (var past : context.pasts()) {
      for (var part : past.parts()) {
        tensors.add(part.masks().whole());
        tensors.add(part.masks().window());
      }
    }
    return tensors.stream().filter(Objects::nonNull).toList();
  }
}
