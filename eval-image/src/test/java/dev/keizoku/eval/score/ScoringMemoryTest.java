package dev.keizoku.eval.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.Decoder;
import dev.keizoku.llm.generate.DeviceMap;
import dev.keizoku.llm.generate.RowReader;
import dev.keizoku.llm.kernel.Kernels;
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

  /** What is said of each device is what is taken of it: no less, and not much more. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 512, 1, 2000, 256, 1",
    "BFLOAT16, 512, 1, 2000, 256, 1",
    "FLOAT32, 64, 300, 40000, 64, 1",
    "BFLOAT16, 64, 300, 40000, 64, 1",
    "FLOAT32, 512, 1, 2000, 256, 2",
    "BFLOAT16, 512, 1, 2000, 256, 3"
  })
  void whatIsSaidIsWhatIsTaken(
      DataType type, int tokens, int wanted, int vocabulary, int hiddenSize, int devices) {
    var config = config(vocabulary, hiddenSize, 2 * devices);
    var said = new ScoringMemory(config, type, true, 1).over(devices);
    var layers = said.stream().map(ScoringMemory::layers).toList();
    try (var first = new DeviceMemory(Device.cpu())) {
      var map = new DeviceMap(Collections.nCopies(devices, Device.cpu()), layers);
      var memories = map.memories(first);
      var units = new ArrayList<UnitTensors>();
      var lm = new CausalLm(config);
      for (var unit : lm.layout().units()) {
        var flat = memories.get(units.size()).zeros(type, unit.elements());
        units.add(new UnitTensors(unit, flat));
      }
      var each = memories.stream().distinct().toList();
      assertThat(each.stream().map(DeviceMemory::allocatedBytes))
          .isEqualTo(said.stream().map(ScoringMemory::weights).toList());
      var decoder = new Decoder(lm, units::get, memories::get).inFixedShapes();
      int length = Math.max(tokens, wanted);
      var cache = decoder.cache(length);
      var before = each.stream().map(DeviceMemory::allocatedBytes).toList();
      var rows = IntStream.range(length - wanted, length).toArray();
      try (var scope = first.scope()) {
        var reader = new RowReader(decoder, reading -> {});
        reader.feed(
            List.of(new Chunk(cache, new int[length], rows)),
            Collections.nCopies(wanted, new int[] {1}));
        reader.finish();
      }
      for (int i = 0; i < devices; i++) {
        long held = before.get(i) - said.get(i).weights();
        assertThat(held)
            .isBetween(length * said.get(i).heldToken(), (length + 32) * said.get(i).heldToken());
        long taken = each.get(i).peakBytes() - before.get(i);
        assertThat((double) taken / said.get(i).pass(length)).isBetween(0.5, 1.05);
        assertThat(each.get(i).allocatedBytes()).isEqualTo(before.get(i));
      }
    }
  }

  private static ModelConfig config(int vocabulary, int hiddenSize, int layers) {
    return ModelConfig.of(
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
            layers,
            "num_attention_heads",
            4,
            "num_key_value_heads",
            2,
            "max_position_embeddings",
            1024,
            "tie_word_embeddings",
            true));
  }

  /**
   * The vocabulary is as large as some layers, which the first device then has fewer; the more so
   * the more rows of logits exist at once, as they do with vector kernels.
   */
  @ParameterizedTest
  @CsvSource({
    "1, '[9]', '[9]'",
    "2, '[4, 5]', '[2, 7]'",
    "3, '[2, 4, 3]', '[0, 5, 4]'",
    "10, '[0, 1, 1, 1, 1, 1, 1, 1, 1, 1]', '[0, 1, 1, 1, 1, 1, 1, 1, 1, 1]'",
  })
  void layersAreSpreadByBytes(int devices, String ofFewRows, String ofManyRows) {
    var said = new ScoringMemory(config(400, 64, 9), DataType.FLOAT32, true, 1).over(devices);
    assertThat(said.stream().map(ScoringMemory::layers).toList())
        .hasToString(Kernels.inVectors() ? ofManyRows : ofFewRows);
    assertThat(said.stream().mapToInt(ScoringMemory::layers).sum()).isEqualTo(9);
  }
}
