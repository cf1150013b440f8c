package dev.keizoku.llm.weights;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import dev.keizoku.storage.Damage;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** A model in the store: its configuration, and its weights by name and range. */
public final class ModelFolder implements WeightSource {
  private static final int READ_BYTES = 1 << 20;
  private static final String BF16 = FloatFormat.BF16.name();

  private final ObjectStore store;
  private final StoreUri uri;
  private final Map<String, Object> json;
  private final ModelConfig config;
  private final Map<String, SafeTensorsFile> files;
  private final Map<String, TensorPlace> places = new HashMap<>();

  private ModelFolder(
      ObjectStore store,
      StoreUri uri,
      Map<String, Object> json,
      Map<String, SafeTensorsFile> files) {
    this.store = store;
    this.uri = uri;
    this.json = json;
    this.config = ModelConfig.of(json);
    this.files = files;
  }

  /**
   * Opens a model and checks that its tensors are exactly those of its configuration.
   *
   * @param uri folder with {@code config.json} and {@code *.safetensors}
   * @param sha256 digest of its {@code manifest.json}; null is not checked
   * @throws RunFault user errors {@code ModelNotFound}, {@code ModelNotSupported}, {@code
   *     ModelIncomplete}, {@code ModelMismatch}, {@code PickleRefused}, {@code SafeTensorsInvalid},
   *     {@code DigestMismatch}
   */
  public static ModelFolder open(ObjectStore store, StoreUri uri, String sha256) {
    var folder = Manifest.folder(uri);
    if (sha256 != null) {
      Manifest.readChecked(store, folder.child(Manifest.FILE_NAME), sha256);
    }
    var configUri = folder.child("config.json");
    if (store.stat(configUri).isEmpty()) {
      throw RunFault.userError(
          Reason.MODEL_NOT_FOUND,
          configUri + " does not exist; give the folder of a model in Hugging Face layout.");
    }
    var json = config(store.read(configUri), configUri);
    // An unsupported model is said to be so before anything is said about its files.
    ModelConfig.of(json);
    var model = new ModelFolder(store, folder, json, WeightFiles.of(store, folder));
    model.checkTensors();
    return model;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> config(byte[] bytes, StoreUri uri) {
    return Json.read(bytes, LinkedHashMap.class, uri.toString());
  }

  private void checkTensors() {
    var missing = new ArrayList<String>();
    for (var tensor : HfWeightNames.of(ModelLayout.of(config))) {
      var file = files.get(tensor.name());
      if (file == null) {
        missing.add(tensor.name());
        continue;
      }
      expect(tensor, file);
    }
    if (!missing.isEmpty()) {
      throw WeightFiles.mismatch(uri, named(missing, "missing"));
    }
    var expected = places.values().stream().map(TensorPlace::tensor).collect(Collectors.toSet());
    var extra =
        files.keySet().stream()
            .filter(name -> !expected.contains(name) && !HfWeightNames.ignorable(name, config))
            .sorted()
            .toList();
    if (!extra.isEmpty()) {
      throw WeightFiles.mismatch(uri, named(extra, "not part of this architecture"));
    }
    requireOneOutputLayer();
  }

  /** Of a tied model some loaders take the output layer that is stored too, some the embedding. */
  private void requireOneOutputLayer() {
    var stored = files.get(HfWeightNames.OUTPUT);
    if (!config.tiedEmbeddings() || stored == null) {
      return;
    }
    var units = ModelLayout.of(config).units();
    var embedding = places.get(units.getFirst().parameters().getFirst().name());
    var head = new TensorPlace(stored, HfWeightNames.OUTPUT, 0);
    var entry = stored.tensors().get(HfWeightNames.OUTPUT);
    requireFormat(HfWeightNames.OUTPUT, stored);
    var same = embedding.file().tensors().get(embedding.tensor());
    if (!Arrays.equals(entry.shape(), same.shape())
        || !TensorPlace.equal(head, embedding, entry.elements())) {
      throw WeightFiles.mismatch(
          uri,
          "tie_word_embeddings is true, but the stored %s is not the embedding; set tie_word_embeddings to false to use it, or leave it out of the files"
              .formatted(HfWeightNames.OUTPUT));
    }
  }

  private void expect(FileTensor tensor, SafeTensorsFile file) {
    var shape = file.tensors().get(tensor.name()).shape();
    if (!Arrays.equals(shape, tensor.shape())) {
      throw WeightFiles.mismatch(
          uri,
          "%s has shape %s, its config.json wants %s"
              .formatted(tensor.name(), Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    requireFormat(tensor.name(), file);
    long offset = 0;
    for (var part : tensor.parts()) {
      places.put(part.name(), new TensorPlace(file, tensor.name(), offset));
      offset += part.elements();
    }
  }

  private static void requireFormat(String tensor, SafeTensorsFile file) {
    var type = file.tensors().get(tensor).type();
    if (FloatFormat.of(type) == null) {
      throw RunFault.userError(
          Reason.MODEL_NOT_SUPPORTED,
          "The tensor %s in %s is stored as %s; weights are F32, BF16 or F16: give the model in full precision, not a quantized one."
              .formatted(tensor, file.uri(), type));
    }
  }

  private static String named(List<String> names, String what) {
    return "%d of its tensors %s %s, for instance %s"
        .formatted(names.size(), names.size() == 1 ? "is" : "are", what, names.getFirst());
  }

  /**
   * Reads the begin of every parameter, 131,072 elements of it at most: a model that has diverged
   * is seen at once, and a large one is not read twice. All of it is checked, with the same
   * sentence, when it is {@linkplain #read read}. Nothing of a hub's, which counts requests.
   *
   * @throws RunFault user error {@code WeightsNotFinite} that names the first tensor in the model's
   *     order with a number that is not finite
   */
  public void checkWeights() {
    if (uri instanceof HubUri) {
      return;
    }
    ModelLayout.of(config).units().stream()
        .flatMap(unit -> unit.parameters().stream())
        .parallel()
        .map(this::notFinite)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            fault -> {
              throw fault;
            });
  }

  private Optional<RunFault> notFinite(ParameterSpec parameter) {
    try {
      places.get(parameter.name()).checkBegin(parameter.elements());
      return Optional.empty();
    } catch (RunFault fault) {
      return Optional.of(fault);
    }
  }

  /**
   * Reads every file of a hub's weights once from begin to end, so that the store checks its
   * digest, which it cannot do for the ranges that {@link #read} takes. Does nothing for other
   * stores: they know no digest of a single file.
   */
  @Override
  public void checkDigests(LongConsumer read) {
    if (!(uri instanceof HubUri)) {
      return;
    }
    for (var file : Set.copyOf(files.values())) {
      Damage.confirmed(() -> readThrough(file.uri(), read));
    }
  }

  private long readThrough(StoreUri file, LongConsumer read) {
    try (var in = store.open(file)) {
      long all = 0;
      var buffer = new byte[READ_BYTES];
      for (int n; (n = in.read(buffer)) >= 0; all += n) {
        read.accept(n);
      }
      return all;
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.STORAGE_FAILED, "Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Where it is. */
  public StoreUri uri() {
    return uri;
  }

  /** {@code config.json} as it is. */
  public Map<String, Object> configJson() {
    return json;
  }

  /** {@code config.json} as the model reads it. */
  public ModelConfig config() {
    return config;
  }

  /**
   * The narrowest type that holds every weight as it is stored: {@code BFLOAT16} where all are so,
   * else {@code FLOAT32}. What {@code config.json} says does not count: many say nothing.
   */
  public DataType numberType() {
    return places.values().stream()
            .allMatch(place -> place.file().tensors().get(place.tensor()).type().equals(BF16))
        ? DataType.BFLOAT16
        : DataType.FLOAT32;
  }

  /** Bytes of all weights as they are stored. */
  public long weightBytes() {
    return ModelLayout.of(config).units().stream()
        .flatMap(unit -> unit.parameters().stream())
        .mapToLong(parameter -> parameter.elements() * places.get(parameter.name()).numberBytes())
        .sum();
  }

  /** A small file of the folder, or null when there is none of that name. */
  public byte[] file(String name) {
    var fileUri = uri.child(name);
    return store.stat(fileUri).isEmpty() ? null : store.read(fileUri);
  }

  @Override
  public Map<String, String> readAll(ModelLayout layout, AllSink sink) {
    var byFile = new HashMap<SafeTensorsFile, Map<String, List<ParameterSpec>>>();
    files.values().forEach(file -> byFile.put(file, new HashMap<>()));
    for (var unit : layout.units()) {
      for (var parameter : unit.parameters()) {
        var of = byFile.get(part(parameter).file());
        of.computeIfAbsent(part(parameter).tensor(), tensor -> new ArrayList<>()).add(parameter);
      }
    }
    var digests = new HashMap<String, String>();
    byFile.forEach(
        (file, wanted) -> {
          SafeTensorsFile.TensorSink share =
              (tensor, first, values, count) ->
                  wanted.get(tensor).forEach(p -> part(p).share(p, first, values, count, sink));
          digests.put(
              file.uri().name(), Damage.confirmed(() -> file.readWhole(wanted.keySet(), share)));
        });
    return digests;
  }

  private TensorPlace part(ParameterSpec parameter) {
    return places.get(parameter.name());
  }

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    places.get(parameter.name()).read(first, count, sink);
  }
}
