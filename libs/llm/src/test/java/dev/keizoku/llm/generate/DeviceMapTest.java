package dev.keizoku.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.weights.RandomWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Layers over devices, each of them another part of the processors' memory: what is kept on one and
 * used on another would be another number, or a tensor that is freed already.
 */
class DeviceMapTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LAYERS = 5;
  private static final int NEW = 9;
  private static final List<List<Integer>> MAPS =
      List.of(List.of(3, 2), List.of(1, 2, 2), List.of(0, 4, 1), List.of(1, 1, 1, 1, 1));

  /** All that a model says, with free and with fixed shapes. */
  @ParameterizedTest
  @CsvSource({
    "qwen, FLOAT32",
    "qwen2, FLOAT32",
    "qwen2-window, FLOAT32",
    "qwen2-yarn, BFLOAT16",
    "qwen3, BFLOAT16",
    "qwen3-window, BFLOAT16",
    "llama, FLOAT32",
    "llama-dynamic, BFLOAT16",
    "mistral-window, FLOAT32"
  })
  void layersOverDevicesGiveTheBitsOfOneDevice(String family, DataType type) throws IOException {
    var config = config(family);
    var random = new Random(3);
    var batch =
        IntStream.of(13, 8, 20)
            .mapToObj(n -> random.ints(n, 0, config.vocabularySize()).toArray())
            .toList();
    try (var one = load(config, DeviceMap.of(Device.cpu(), config), type);
        var again = one.copy(DeviceMap.of(Device.cpu(), config))) {
      var said = said(one, batch);
      assertSame("again", said(again, batch), said);
      for (var layers : MAPS) {
        var map = map(layers);
        try (var spread = load(config, map, type);
            var copy = one.copy(map)) {
          assertSame(layers.toString(), said(spread, batch), said);
          assertSame(layers + ", copied", said(copy, batch), said);
        }
      }
    }
  }

  private static void assertSame(String what, Map<String, float[]> got, Map<String, float[]> one) {
    assertThat(got.keySet()).isEqualTo(one.keySet());
    one.forEach(
        (name, values) ->
            assertThat(Arrays.mismatch(got.get(name), values))
                .as("%s, %s", what, name)
                .isEqualTo(-1));
  }

  private static Map<String, float[]> said(LoadedModel model, List<int[]> batch) {
    var said = new LinkedHashMap<String, float[]>();
    var whole = batch.toArray(int[][]::new);
    var cache = model.newCache(20);
    said.put("logits", joined(model.logits(whole)));
    said.put("losses", joined(model.losses(whole, whole)));
    said.put("first", model.next(batch.get(0), cache));
    said.put("next", model.next(new int[] {1, 2}, cache));
    // As another thread has it.
    try (var memory = new DeviceMemory(model.device())) {
      var decoder = model.decoder(memory);
      said.put("free shapes", fed(decoder, batch));
      said.put("fixed shapes", fed(decoder.inFixedShapes(), batch));
      var written =
          new TextGenerator(decoder.inFixedShapes(), Sampler.GREEDY)
              .continueAll(batch, NEW, token -> false);
      written.forEach(text -> said.put("text " + said.size(), floats(text)));
    }
    return said;
  }

  /** Two sequences side by side, in parts; the one is cut back and goes on in another way. */
  private static float[] fed(Decoder decoder, List<int[]> batch) {
    var first = batch.get(0);
    var cache = decoder.cache(first.length);
    var beside = decoder.cache(batch.get(2).length);
    var start = new Chunk(cache, Arrays.copyOf(first, 7), new int[] {2, 6});
    var together = values(decoder, start, Chunk.last(beside, batch.get(2)));
    cache.cut(4);
    var rest = Arrays.copyOfRange(first, 7, first.length);
    var rows = IntStream.range(0, rest.length).toArray();
    return joined(together, values(decoder, new Chunk(cache, rest, rows)));
  }

  private static float[] values(Decoder decoder, Chunk... chunks) {
    return decoder.feed(List.of(chunks)).values();
  }

  private static float[] joined(float[]... parts) {
    var all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private static float[] floats(int[] tokens) {
    var floats = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      floats[i] = tokens[i];
    }
    return floats;
  }

  private static DeviceMap map(List<Integer> layers) {
    return new DeviceMap(Collections.nCopies(layers.size(), Device.cpu()), layers);
  }

  private static LoadedModel load(ModelConfig config, DeviceMap map, DataType type) {
    return LoadedModel.load(config, new RandomWeights(5, 0.2), map, type);
  }

  @SuppressWarnings("unchecked")
  private static ModelConfig config(String family) throws IOException {
    var file = Path.of("src/test/resources/families", family, "config.json").toFile();
    Map<String, Object> json = JSON.readValue(file, LinkedHashMap.class);
    json.put("num_hidden_layers", LAYERS);
    json.computeIfPresent(
        "layer_types",
        (name, types) ->
            IntStream.range(0, LAYERS).mapToObj(i -> ((List<String>) types).get(i % 2)).toList());
    return ModelConfig.of(json);
  }
}
