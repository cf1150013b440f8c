package dev.keizoku.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers; the values are made by {@code src/test/reference/greedy.py}. */
class GreedyParityTest {
  private static final Path FAMILIES = Path.of("src/test/resources/families");
  private final ObjectStore store = StoreRouter.open(null, null);

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen3", "llama", "llama-linear", "mistral"})
  void continuationsAreThoseOfTransformers(String family) {
    var uri = StoreUri.of(FAMILIES.resolve("greedy.json"));
    var golden = Json.read(store.read(uri), JsonNode.class, uri.toString());
    var expected = sequences(golden.get("continuations").get(family));
    var folder = ModelFolder.open(store, StoreUri.of(FAMILIES.resolve(family)), null);
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      var got =
          new TextGenerator(model.decoder(), Sampler.GREEDY)
              .continueAll(
                  sequences(golden.get("prompts")), expected.getFirst().length, token -> false);
      assertThat(got).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  private static List<int[]> sequences(JsonNode array) {
    var sequences = new ArrayList<int[]>();
    for (var row : array) {
      var ids = new int[row.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = row.get(i).intValue();
      }
      sequences.add(ids);
    }
    return sequences;
  }
}
