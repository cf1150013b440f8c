package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.RowReader;
import dev.keizoku.llm.model.CausalLm;
import dev.keizoku.llm.model.UnitTensors;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringMemoryTest {

  /** What is said is what is taken: no less, and not much more. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 512, 1, 2000, 256",
    "BFLOAT16, 512, 1, 2000, 256",
    "FLOAT32, 64, 300, 40000, 64",
    "BFLOAT16, 64, 300, 40000, 64"
  })
  void whatIsSaidIsWhatIsTaken(
      DataType type, int tokens, int wanted, int vocabulary, int hiddenSize) {
    var config =
        ModelConfig.of(
            Map.of(
                "model_type",
                "qwen2",
                "vocab_size",
                vocabulary,
                "hidden_size",
                hiddenSize,
                "intermediate_size",
                3 * hiddenSize,
                "num_hidden_layers",
                2,
                "num_attention_heads",
                4,
                "num_key_value_heads",
                2,
                "max_position_embeddings",
                1024,
                "tie_word_embeddings",
                true));
    var said = new ScoringMemory(config, type, true, 1);
    try (var memory = new DeviceMemory(Device.cpu())) {
      var units = new ArrayList<UnitTensors>();
      var lm = new CausalLm(config);
      for (var unit : lm.layout().units()) {
        units.add(new UnitTensors(unit, memory.zeros(type, unit.elements())));
      }
      assertThat(memory.allocatedBytes()).isEqualTo(said.weights());
      var decoder = new Decoder(lm, units::get, memory).inFixedShapes();
      long before = memory.allocatedBytes();
      int length = Math.max(tokens, wanted);
      var cache = decoder.cache(length);
      long held = memory.allocatedBytes() - before;
      assertThat(held).isBetween(length * said.heldToken(), (length + 32) * said.heldToken());
      var rows = IntStream.range(length - wanted, length).toArray();
      var reader = new RowReader(decoder, reading -> {});
      reader.feed(
          List.of(new Chunk(cache, new int[length], rows)),
          Collections.nCopies(wanted, new int[] {1}));
      reader.finish();
      long taken = memory.peakBytes() - before - held;
      assertThat((double) taken / said.pass(length)).isBetween(0.5, 1.05);
    }
  }
}
