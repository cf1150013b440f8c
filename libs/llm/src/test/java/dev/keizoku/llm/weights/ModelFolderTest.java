package dev.keizoku.llm.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.hub.HubAccess;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.testing.HubServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFolderTest {
  private static final Path QWEN = Path.of("src/test/resources/families/qwen2");
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);
  private String config;

  @BeforeEach
  void copyModel() throws IOException {
    config = Files.readString(QWEN.resolve("config.json"));
    Files.writeString(root.resolve("config.json"), config);
    Files.copy(QWEN.resolve("model.safetensors"), root.resolve("model.safetensors"));
  }

  private ModelFolder open() {
    return ModelFolder.open(store, StoreUri.of(root), null);
  }

  private void assertRefused(String reason, String sentence) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason().word()).isEqualTo(reason);
              assertThat(fault).hasMessageContaining(sentence);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"num_hidden_layers\": 2;\"num_hidden_layers\": 3;ModelMismatch;12 of its tensors are"
            + " missing",
        "\"num_hidden_layers\": 2;\"num_hidden_layers\": 1;ModelMismatch;not part of this"
            + " architecture",
        "\"vocab_size\": 48;\"vocab_size\": 49;ModelMismatch;has shape [48, 16], its config.json"
            + " wants [49, 16]",
        "\"tie_word_embeddings\": true;\"tie_word_embeddings\": false;ModelMismatch;1 of its"
            + " tensors is missing",
        "\"model_type\": \"qwen2\";\"model_type\": \"gpt2\";ModelNotSupported;supported are qwen",
        "\"use_sliding_window\": false;\"use_sliding_window\": true, \"sliding_window\":"
            + " 0;ModelNotSupported;sliding_window is 0",
        "\"rope_scaling\": null;\"rope_scaling\": {\"rope_type\":"
            + " \"longrope\"};ModelNotSupported;longrope",
        "\"rope_scaling\": null;\"rope_scaling\": {\"rope_type\": \"linear\", \"factor\":"
            + " 0};ModelNotSupported;factor is 0",
        "\"rms_norm_eps\": 1e-06;\"rms_norm_eps\": -1;ModelNotSupported;rms_norm_eps is -1",
        "\"num_hidden_layers\": 2;\"num_hidden_layers\": 2000000000;ModelNotSupported;it must be at"
            + " most",
        "\"num_key_value_heads\": 2;\"num_key_value_heads\": 3;ModelNotSupported;no multiple",
        "\"hidden_size\": 16;\"hidden_size\": -16;ModelNotSupported;hidden_size is -16",
        "\"hidden_act\": \"silu\";\"hidden_act\": \"gelu\";ModelNotSupported;hidden_act",
        "\"vocab_size\": 48;\"vocab_size\": 48, \"auto_map\": {\"x\":"
            + " \"y\"};ModelNotSupported;remote code",
      })
  void aConfigurationThatDoesNotFitIsRefused(String from, String to, String reason, String sentence)
      throws IOException {
    assertThat(config).contains(from);
    Files.writeString(
        root.resolve("config.json"),
        config
            .replace(
                "\"sliding_window\": null,",
                to.contains("sliding_w") ? "" : "\"sliding_window\": null,")
            .replace(from, to));
    assertRefused(reason, sentence);
  }

  /** A store of a hub that has the model. */
  private ObjectStore served(HubServer hub) throws IOException {
    for (var name : List.of("config.json", "model.safetensors")) {
      hub.files.put(name, Files.readAllBytes(root.resolve(name)));
    }
    return StoreRouter.open(
        null, null, HubAccess.fromEnvironment(Map.of("HF_ENDPOINT", hub.endpoint())));
  }

  @Test
  void damagedWeightsOfAHubAreRefused() throws IOException {
    try (var hub = new HubServer();
        var remote = served(hub)) {
      var model = ModelFolder.open(remote, StoreUri.parse("hf://acme/tiny"), null);
      model.checkDigests(bytes -> {});
      hub.corrupt = true;
      assertThatThrownBy(() -> model.checkDigests(bytes -> {}))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> assertThat(fault.reason()).isEqualTo(Reason.DIGEST_MISMATCH));
    }
  }

  /** In one request a file, where the digest is checked at the end of the same bytes. */
  @Test
  void allOfAHubsWeightsComeInOneRead() throws IOException {
    try (var hub = new HubServer();
        var remote = served(hub)) {
      var model = ModelFolder.open(remote, StoreUri.parse("hf://acme/tiny"), null);
      var layout = ModelLayout.of(model.config());
      var all = new TreeMap<String, float[]>();
      layout
          .units()
          .forEach(
              unit ->
                  unit.parameters().forEach(p -> all.put(p.name(), new float[(int) p.elements()])));
      int before = hub.requests.size();
      var digests =
          model.readAll(
              layout,
              (parameter, first, values) ->
                  System.arraycopy(
                      values, 0, all.get(parameter.name()), (int) first, values.length));
      // The hub says where the file is, and it comes whole.
      assertThat(hub.requests.subList(before, hub.requests.size()))
          .filteredOn(line -> line.startsWith("STORAGE"))
          .singleElement(STRING)
          .endsWith(" bytes=0-" + (Files.size(root.resolve("model.safetensors")) - 1));
      assertThat(digests)
          .containsExactly(
              Map.entry("model.safetensors", Digests.sha256(root.resolve("model.safetensors"))));
      for (var unit : layout.units()) {
        for (var parameter : unit.parameters()) {
          var by = new float[(int) parameter.elements()];
          model.read(
              parameter,
              0,
              by.length,
              (first, values) -> System.arraycopy(values, 0, by, (int) first, values.length));
          assertThat(all.get(parameter.name())).as(parameter.name()).isEqualTo(by);
        }
      }
      hub.corrupt = true;
      assertThatThrownBy(() -> model.readAll(layout, (parameter, first, values) -> {}))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> assertThat(fault.reason()).isEqualTo(Reason.DIGEST_MISMATCH));
    }
  }

  @Test
  void pickleIsRefused() throws IOException {
    Files.move(root.resolve("model.safetensors"), root.resolve("pytorch_model.bin"));
    assertRefused("PickleRefused", "convert them to safetensors");
    Files.delete(root.resolve("pytorch_model.bin"));
    assertRefused("ModelIncomplete", "has no model.safetensors");
  }

  @Test
  void shardsHoldTheSameNumbers() {
    var model = open();
    var target = root.resolve("sharded");
    var folder = new ArtifactFolder(store, StoreUri.of(target));
    new ModelWriter(folder, FloatFormat.F32, 4000).write(ModelLayout.of(model.config()), model);
    folder.put("config.json", store.read(StoreUri.of(root.resolve("config.json"))));
    assertThat(folder.files().stream().filter(f -> f.path().endsWith(".safetensors")).count())
        .isGreaterThan(3);
    var sharded = ModelFolder.open(store, StoreUri.of(target), null);
    for (var unit : ModelLayout.of(model.config()).units()) {
      for (var parameter : unit.parameters()) {
        var elements = (int) parameter.elements();
        model.read(
            parameter,
            0,
            elements,
            (first, values) ->
                sharded.read(
                    parameter, 0, elements, (f, same) -> assertThat(same).isEqualTo(values)));
      }
    }
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    shardsHoldTheSameNumbers();
    try (var files = Files.list(root.resolve("sharded"))) {
      Files.delete(
          files.filter(f -> f.toString().contains("-00002-of-")).findFirst().orElseThrow());
    }
    assertThatThrownBy(() -> ModelFolder.open(store, StoreUri.of(root.resolve("sharded")), null))
        .isInstanceOf(RunFault.class)
        .hasMessageContaining("-00002-of-");
  }
}
