package dev.keizoku.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.llm.generate.Chunk;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.generate.LogProbabilities;
import dev.keizoku.llm.model.attention.KvCache;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.model.attention.SequenceContext;
import dev.keizoku.llm.torch.AtenCalls;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.torch.DeviceMemory;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against transformers; the values are made by {@code src/test/reference/model_families.py}. */
class ModelFamiliesTest {
  private final ObjectStore store = StoreRouter.open(null, null);

  static List<String> families() {
    return List.of(
        "qwen",
        "qwen2",
        "qwen2-window",
        "qwen2-yarn",
        "qwen3",
        "qwen3-window",
        "llama",
        "llama-linear",
        "llama-dynamic",
        "mistral",
        "mistral-window");
  }

  private static StoreUri uri(String family) {
    return StoreUri.of(Path.of("src/test/resources/families", family));
  }

  private JsonNode golden(String family) {
    var uri = uri(family).child("golden.json");
    return Json.read(store.read(uri), JsonNode.class, uri.toString());
  }

  private static int[][] ids(JsonNode golden) {
    var ids = new int[golden.get("ids").size()][];
    for (var i = 0; i < ids.length; i++) {
      var row = golden.get("ids").get(i);
      ids[i] = new int[row.size()];
      for (var j = 0; j < row.size(); j++) {
        ids[i][j] = row.get(j).asInt();
      }
    }
    return ids;
  }

  private float[] goldenTensor(String family, String name) {
    var file = SafeTensorsFile.open(store, uri(family).child("golden.safetensors"));
    var values = new float[(int) file.tensors().get(name).elements()];
    file.read(name, 0, values, values.length);
    return values;
  }

  @ParameterizedTest
  @MethodSource("families")
  void logitsAreThoseOfTransformers(String family) {
    var folder = ModelFolder.open(store, uri(family), null);
    var batch = ids(golden(family));
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      var logits = model.logits(batch);
      var expected = goldenTensor(family, "logits");
      for (var i = 0; i < expected.length; i++) {
        assertThat(logits[i / logits[0].length][i % logits[0].length])
            .isCloseTo(expected[i], within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void cachedTokensGiveTheSameLogits(String family) {
    var folder = ModelFolder.open(store, uri(family), null);
    var ids = ids(golden(family))[0];
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      var all = model.logits(new int[][] {ids})[0];
      var vocabulary = folder.config().vocabularySize();
      var cache = model.newCache(ids.length);
      var first = new int[] {ids[0], ids[1], ids[2]};
      assertRow(model.next(first, cache), all, 2 * vocabulary);
      assertRow(model.next(new int[] {ids[3]}, cache), all, 3 * vocabulary);
      assertRow(model.next(new int[] {ids[4], ids[5]}, cache), all, 5 * vocabulary);
      cache.cut(4);
      assertRow(model.next(new int[] {ids[4]}, cache), all, 4 * vocabulary);
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void inFixedShapesPartsGiveTheBitsOfTheWhole(String family) {
    var folder = ModelFolder.open(store, uri(family), null);
    var ids = ids(golden(family));
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      var decoder = model.decoder().inFixedShapes();
      var whole = decoder.feed(List.of(chunk(decoder.cache(ids[0].length), ids[0], 0)));
      var cache = decoder.cache(ids[0].length);
      var beside = decoder.cache(ids[1].length);
      var first = Arrays.copyOf(ids[0], 3);
      var start = decoder.feed(List.of(chunk(beside, ids[1], 0), chunk(cache, first, 0)));
      var rest = decoder.feed(List.of(chunk(cache, ids[0], 3)));
      var vocabulary = folder.config().vocabularySize();
      var parts = new float[whole.values().length];
      System.arraycopy(start.values(), ids[1].length * vocabulary, parts, 0, 3 * vocabulary);
      System.arraycopy(rest.values(), 0, parts, 3 * vocabulary, parts.length - 3 * vocabulary);
      assertThat(parts).isEqualTo(whole.values());
      assertLogits(whole, model.logits(new int[][] {ids[0]})[0]);
    }
  }

  private static Chunk chunk(KvCache cache, int[] sequence, int from) {
    var tokens = Arrays.copyOfRange(sequence, from, sequence.length);
    return new Chunk(cache, tokens, IntStream.range(0, tokens.length).toArray());
  }

  private static void assertLogits(LogProbabilities got, float[] logits) {
    for (var row = 0; row < got.rows(); row++) {
      var sum = 0.0;
      for (var token = 0; token < got.vocabulary(); token++) {
        sum += Math.exp(logits[row * got.vocabulary() + token]);
      }
      for (var token = 0; token < got.vocabulary(); token++) {
        assertThat(got.of(row, token))
            .isCloseTo(
                (float) (logits[row * got.vocabulary() + token] - Math.log(sum)), within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2-window", "qwen3-window", "mistral-window"})
  void aShorterSequenceBesideALongerOneSeesTheSameWindow(String family) {
    var folder = ModelFolder.open(store, uri(family), null);
    var batch = ids(golden(family));
    var cut = new int[][] {batch[0], Arrays.copyOf(batch[1], 8), Arrays.copyOf(batch[0], 2)};
    try (var model = LoadedModel.load(folder.config(), folder, Device.cpu(), DataType.FLOAT32)) {
      var whole = model.logits(batch);
      var parts = model.logits(cut);
      assertRow(parts[1], whole[1], 0);
      assertRow(parts[2], whole[0], 0);
    }
  }

  private static void assertRow(float[] row, float[] all, int from) {
    for (var i = 0; i < row.length; i++) {
      assertThat(row[i]).isCloseTo(all[from + i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void gradientsAreThoseOfTransformers(String family) {
    var folder = ModelFolder.open(store, uri(family), null);
    var golden = golden(family);
    try (var memory = new DeviceMemory(Device.cpu())) {
      var model = new CausalLm(folder.config());
      var weights = new ArrayList<UnitTensors>();
      var gradients = new ArrayList<UnitTensors>();
      for (var unit : model.layout().units()) {
        var flat = memory.empty(DataType.FLOAT32, unit.elements());
        folder.fill(unit, 0, flat);
        weights.add(new UnitTensors(unit, flat));
        // Whatever is not written over is seen.
        var blank = memory.zeros(DataType.FLOAT32, unit.elements());
        AtenCalls.addInPlace(blank, Double.NaN);
        gradients.add(new UnitTensors(unit, blank).blank());
      }
      var loss = lossAndGradients(model, ids(golden), weights, gradients, memory);
      assertThat(loss).isCloseTo(golden.get("loss").asDouble(), within(1e-5));
      for (var unit : model.layout().units()) {
        var tensors = gradients.get(model.layout().units().indexOf(unit));
        for (var parameter : unit.parameters()) {
          assertClose(
              parameter.name(),
              HostCopy.floats(tensors.view(parameter)),
              goldenTensor(family, "grad." + parameter.name()));
        }
      }
    }
  }

  // Relative to the largest element: small ones are differences of large ones.
  private static void assertClose(String name, float[] actual, float[] expected) {
    var largest = 0f;
    for (var value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (var i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as(name).isCloseTo(expected[i], within(1e-3f * largest + 1e-9f));
    }
  }

  private static double lossAndGradients(
      CausalLm model,
      int[][] batch,
      List<UnitTensors> weights,
      List<UnitTensors> gradients,
      DeviceMemory memory) {
    var length = batch[0].length;
    var ids = new long[batch.length * length];
    var targets = new int[ids.length];
    var segments = new ArrayList<Segment>();
    for (var i = 0; i < ids.length; i++) {
      ids[i] = batch[i / length][i % length];
      targets[i] = i % length == length - 1 ? -1 : batch[i / length][i % length + 1];
    }
    for (var i = 0; i < batch.length; i++) {
      segments.add(new Segment(i * length, length));
    }
    var context = SequenceContext.of(segments, model.config(), memory);
    var idTensor = memory.of(ids, ids.length);
    var hidden = model.embedding().forward(idTensor, weights.getFirst());
    var states = new ArrayList<TransformerBlock.State>();
    for (var unit = 1; unit < model.headUnit(); unit++) {
      var recorded = model.block(unit).record(hidden, weights.get(unit), context);
      states.add(recorded.state());
      hidden = recorded.output();
    }
    var scored = batch.length * (length - 1);
    var result =
        model
            .head()
            .lossGradient(
                hidden,
                targets,
                1.0 / scored,
                new LanguageModelHead.Pair(weights.getLast(), weights.getFirst()),
                new LanguageModelHead.Pair(gradients.getLast(), gradients.getFirst()));
    var gradient = result.gradient();
    for (var unit = model.headUnit() - 1; unit > 0; unit--) {
      try (var state = states.get(unit - 1)) {
        gradient =
            model
                .block(unit)
                .backward(gradient, state, context, weights.get(unit), gradients.get(unit));
      }
    }
    var table = gradients.getFirst();
    var tied = model.config().tiedEmbeddings();
    // The output layer's is in it already then.
    var sums = tied ? new UnitTensors(table.unit(), table.flat()) : table;
    model.embedding().backward(gradient, idTensor, sums);
    var sum = 0.0;
    for (var loss : result.losses()) {
      sum += loss;
    }
    return sum / scored;
  }
}
