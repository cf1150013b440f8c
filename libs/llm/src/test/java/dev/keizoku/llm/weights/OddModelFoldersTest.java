package dev.keizoku.llm.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as merge tools, ZeRO's exports and people leave them; the model is tied. */
class OddModelFoldersTest {
  private static final Path QWEN = Path.of("src/test/resources/families/qwen2");
  private static final String HEAD = "lm_head.weight";
  private static final String EMBEDDING = "model.embed_tokens.weight";
  private static final String UP = "model.layers.1.mlp.up_proj.weight";
  private static final String SINGLE = "model.safetensors";
  @TempDir Path root;
  private final ObjectStore store = StoreRouter.open(null, null);
  private RawTensors raw;

  @BeforeEach
  void readModel() throws IOException {
    Files.copy(QWEN.resolve("config.json"), root.resolve("config.json"));
    raw = RawTensors.read(QWEN.resolve(SINGLE));
  }

  private ModelFolder open() {
    return ModelFolder.open(store, StoreUri.of(root), null);
  }

  private ModelFolder written() throws IOException {
    raw.write(root.resolve(SINGLE));
    return open();
  }

  private static void assertRefused(ThrowingCallable call, Reason reason, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(reason);
              assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              assertThat(fault.getMessage()).contains(words).doesNotContain("copy the model again");
            });
  }

  @Test
  void aStoredOutputLayerThatIsTheEmbeddingIsFine() throws IOException {
    raw.tensors.put(HEAD, raw.tensors.get(EMBEDDING));
    raw.fill("model.norm.weight", "F32", 4, 0);
    assertThatCode(this::written).doesNotThrowAnyException();
  }

  @Test
  void anotherOutputLayerBesideATiedEmbeddingIsNotLeftOutInSilence() throws IOException {
    var embedding = raw.tensors.get(EMBEDDING);
    raw.tensors.put(
        HEAD, new RawTensors.Raw(embedding.type(), embedding.shape(), embedding.bytes().clone()));
    raw.set(HEAD, 300, 0.25f);
    assertRefused(this::written, Reason.MODEL_MISMATCH, HEAD, "tie_word_embeddings to false");
    raw.tensors.put(HEAD, new RawTensors.Raw("F32", new long[] {1}, new byte[4]));
    assertRefused(this::written, Reason.MODEL_MISMATCH, HEAD);
  }

  @Test
  void rotaryFrequenciesThatOldExportsStoreAreLeftOut() throws IOException {
    raw.tensors.put(
        "model.layers.0.self_attn.rotary_emb.inv_freq",
        new RawTensors.Raw("F32", new long[] {2}, new byte[8]));
    assertThatCode(this::written).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_orig_mod.%s", "module.%s", "base_model.model.%s"})
  void namesWithAPrefixAreRefusedByName(String form) throws IOException {
    var renamed = new LinkedHashMap<String, RawTensors.Raw>();
    raw.tensors.forEach((name, tensor) -> renamed.put(form.formatted(name), tensor));
    raw.tensors.clear();
    raw.tensors.putAll(renamed);
    assertRefused(this::written, Reason.MODEL_MISMATCH, EMBEDDING);
  }

  @Test
  void twoSetsOfWeightsAreNotChosenFromInSilence() throws IOException {
    raw.write(root.resolve("model-00001-of-00001.safetensors"));
    writeIndex("model-00001-of-00001.safetensors");
    Files.copy(QWEN.resolve(SINGLE), root.resolve("consolidated.safetensors"));
    Files.copy(QWEN.resolve(SINGLE), root.resolve("adapter_model.safetensors"));
    assertThatCode(this::open).doesNotThrowAnyException();
    Files.copy(QWEN.resolve(SINGLE), root.resolve(SINGLE));
    assertRefused(this::open, Reason.MODEL_MISMATCH, SINGLE + ",", "index.json", "two sets");
    writeIndex(SINGLE);
    assertThatCode(this::open).doesNotThrowAnyException();
  }

  private void writeIndex(String file) throws IOException {
    var map = new LinkedHashMap<String, String>();
    raw.tensors.keySet().forEach(name -> map.put(name, file));
    Files.write(
        root.resolve("model.safetensors.index.json"), Json.bytes(Map.of("weight_map", map)));
  }

  @ParameterizedTest
  @CsvSource({"F8_E4M3,1", "F8_E5M2,1", "I8,1", "U8,1", "I32,4", "F64,8"})
  void aTensorThatIsNoFloatOfOursIsRefusedBeforeAWeightIsRead(String type, int bytes)
      throws IOException {
    raw.fill(UP, type, bytes, 0);
    assertRefused(this::written, Reason.MODEL_NOT_SUPPORTED, UP, type, "full precision");
  }

  @ParameterizedTest
  @CsvSource({"F32,4,0x7f", "BF16,2,0x7f", "F16,2,0x7b"})
  void weightsThatAreNotFiniteAreRefused(String type, int bytes, String large) throws IOException {
    // The largest numbers of each format, nearly, are finite; all bits set are NaN.
    raw.fill(UP, type, bytes, Integer.decode(large));
    written().checkWeights();
    raw.fill(UP, type, bytes, -1);
    assertRefused(() -> written().checkWeights(), Reason.WEIGHTS_NOT_FINITE, UP, "element 0");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void oneNumberIsEnough(float value) throws IOException {
    raw.set(UP, 77, value);
    raw.set("model.norm.weight", 3, value);
    assertRefused(() -> written().checkWeights(), Reason.WEIGHTS_NOT_FINITE, UP, "element 77");
    assertRefused(
        () -> {
          var model = written();
          var last = ModelLayout.of(model.config()).units().getLast();
          last.parameters().forEach(p -> model.read(p, 0, p.elements(), (first, values) -> {}));
        },
        Reason.WEIGHTS_NOT_FINITE,
        "model.norm.weight",
        "element 3");
  }
}
