package dev.keizoku.llm.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CausalLmTest {
  private static final int TOKENS = 64;

  /** Bytes that inference takes at its fullest beside the weights. */
  private static long inference(int layers) {
    var model =
        new CausalLm(
            ModelConfig.of(
                Map.of(
                    "model_type", "llama",
                    "vocab_size", 40,
                    "hidden_size", 64,
                    "intermediate_size", 96,
                    "num_hidden_layers", layers,
                    "num_attention_heads", 4)));
    try (var memory = new DeviceMemory(Device.cpu())) {
      var units =
          model.layout().units().stream()
              .map(u -> new UnitTensors(u, memory.zeros(DataType.FLOAT32, u.elements())))
              .toList();
      var context = SequenceContext.of(List.of(new Segment(0, TOKENS)), model.config(), memory);
      var ids = memory.of(new long[TOKENS], TOKENS);
      var before = memory.allocatedBytes();
      var hidden = model.hidden(ids, context, units::get);
      assertThat(memory.allocatedBytes() - before).isEqualTo(4 * hidden.elements());
      return memory.peakBytes() - before;
    }
  }

  @Test
  void inferenceKeepsNoLayersOutputLongerThanTheNextNeedsIt() {
    assertThat(inference(8)).isEqualTo(inference(2));
  }
}
