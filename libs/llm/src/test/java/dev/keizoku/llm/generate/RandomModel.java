package dev.keizoku.llm.generate;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A tiny model with random weights, grouped-query attention and two layers. */
final class RandomModel implements AutoCloseable {
  private final DeviceMemory memory = new DeviceMemory(Device.cpu());
  private final List<UnitTensors> units = new ArrayList<>();
  private CausalLm lm;

  Decoder decoder(String family) {
    lm =
        new CausalLm(
            ModelConfig.of(
                Map.of(
                    "model_type", family,
                    "vocab_size", 40,
                    "hidden_size", 16,
                    "intermediate_size", 24,
                    "num_hidden_layers", 2,
                    "num_attention_heads", 4,
                    "num_key_value_heads", 2,
                    "max_position_embeddings", 32,
                    "tie_word_embeddings", family.equals("qwen2"))));
    var random = new SplittableRandom(11);
    for (var unit : lm.layout().units()) {
      var values = new float[(int) unit.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      var flat = memory.empty(DataType.FLOAT32, values.length);
      HostCopy.write(flat, 0, values);
      units.add(new UnitTensors(unit, flat));
    }
    return new Decoder(lm, this::weights, memory);
  }

  CausalLm lm() {
    return lm;
  }

  UnitTensors weights(int unit) {
    return units.get(unit);
  }

  @Override
  public void close() {
    memory.close();
  }
}
