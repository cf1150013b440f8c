package dev.keizoku.llm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.storage.Damage;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A model in the store: its configuration, and its weights by name and range. */
public final class ModelFolder implements WeightSource {
  private static final String INDEX = "model.safetensors.index.json";
  private static final String BF16 = FloatFormat.BF16.name();
  private static final String SINGLE = "model.safetensors";
  // One read is at most 4 MiB of fp32, also when many ranks read at once.
  private static final int CHUNK = 1 << 20;

  private final ObjectStore store;
  private final StoreUri uri;
  private final Map<String, Object> json;
  private final ModelConfig config;
  private final Map<String, SafeTensorsFile> files;
  private final Map<String, Place> places = new HashMap<>();

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
    var model = new ModelFolder(store, folder, json, files(store, folder));
    model.checkTensors();
    return model;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> config(byte[] bytes, StoreUri uri) {
    return Json.read(bytes, LinkedHashMap.class, uri.toString());
  }

  private static Map<String, SafeTensorsFile> files(ObjectStore store, StoreUri folder) {
    var index = folder.child(INDEX);
    var byTensor = new HashMap<String, SafeTensorsFile>();
    if (store.stat(index).isEmpty()) {
      var single = folder.child(SINGLE);
      if (store.stat(single).isEmpty()) {
        throw noWeights(store, folder);
      }
      var file = SafeTensorsFile.open(store, single);
      file.tensors().keySet().forEach(name -> byTensor.put(name, file));
      return byTensor;
    }
    var map = Json.read(store.read(index), JsonNode.class, index.toString()).path("weight_map");
    var opened = new HashMap<String, SafeTensorsFile>();
    for (var entry : map.properties()) {
      var name = entry.getValue().asText();
      if (name.contains("/") || name.isEmpty()) {
        throw mismatch(folder, "its index names the file \"%s\"".formatted(name));
      }
      var file = opened.computeIfAbsent(name, n -> SafeTensorsFile.open(store, folder.child(n)));
      if (!file.tensors().containsKey(entry.getKey())) {
        throw mismatch(folder, "%s is not in %s".formatted(entry.getKey(), name));
      }
      byTensor.put(entry.getKey(), file);
    }
    return byTensor;
  }

  private static RunFault noWeights(ObjectStore store, StoreUri folder) {
    var pickled =
        store.list(folder).stream()
            .anyMatch(o -> o.uri().name().endsWith(".bin") || o.uri().name().endsWith(".pt"));
    return pickled
        ? RunFault.userError(
            Reason.PICKLE_REFUSED,
            folder
                + " has its weights only as pickle, which could run code; convert them to"
                + " safetensors.")
        : RunFault.userError(
            Reason.MODEL_INCOMPLETE, folder + " has no " + SINGLE + " and no " + INDEX + ".");
  }

  private void checkTensors() {
    var missing = new ArrayList<String>();
    for (var tensor : HfWeightNames.of(ModelLayout.of(config))) {
      var file = files.get(tensor.name());
      if (file == null) {
        missing.add(tensor.name());
        continue;
      }
      expect(tensor, file.tensors().get(tensor.name()).shape());
    }
    if (!missing.isEmpty()) {
      throw mismatch(uri, named(missing, "missing"));
    }
    var expected = places.values().stream().map(Place::tensor).collect(Collectors.toSet());
    var extra =
        files.keySet().stream()
            .filter(name -> !expected.contains(name) && !HfWeightNames.ignorable(name, config))
            .sorted()
            .toList();
    if (!extra.isEmpty()) {
      throw mismatch(uri, named(extra, "not part of this architecture"));
    }
  }

  private void expect(FileTensor tensor, long[] shape) {
    if (!Arrays.equals(shape, tensor.shape())) {
      throw mismatch(
          uri,
          "%s has shape %s, its config.json wants %s"
              .formatted(tensor.name(), Arrays.toString(shape), Arrays.toString(tensor.shape())));
    }
    long offset = 0;
    for (var part : tensor.parts()) {
      places.put(part.name(), new Place(tensor.name(), offset));
      offset += part.elements();
    }
  }

  /**
   * Where a parameter is.
   *
   * @param tensor name in the files
   * @param offset of its first element in that tensor
   */
  private record Place(String tensor, long offset) {}

  private static String named(List<String> names, String what) {
    return "%d of its tensors %s %s, for instance %s"
        .formatted(names.size(), names.size() == 1 ? "is" : "are", what, names.getFirst());
  }

  private static RunFault mismatch(StoreUri folder, String problem) {
    return RunFault.userError(
        Reason.MODEL_MISMATCH,
        "The tensors of %s do not fit its config.json: %s.".formatted(folder, problem));
  }

  /**
   * Reads every file of a hub's weights once from begin to end, so that the store checks its
   * digest, which it cannot do for the ranges that {@link #read} takes. Does nothing for other
   * stores: they know no digest of a single file.
   */
  @Override
  public void checkDigests() {
    if (!(uri instanceof HubUri)) {
      return;
    }
    for (var file : Set.copyOf(files.values())) {
      Damage.confirmed(() -> readThrough(file.uri()));
    }
  }

  private long readThrough(StoreUri file) {
    try (var in = store.open(file)) {
      return in.transferTo(OutputStream.nullOutputStream());
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
            .map(Place::tensor)
            .allMatch(name -> files.get(name).tensors().get(name).type().equals(BF16))
        ? DataType.BFLOAT16
        : DataType.FLOAT32;
  }

  /** A small file of the folder, or null when there is none of that name. */
  public byte[] file(String name) {
    var fileUri = uri.child(name);
    return store.stat(fileUri).isEmpty() ? null : store.read(fileUri);
  }

  /** SHA-256 of {@code tokenizer.json}; null when the folder has none. */
  public String tokenizerSha256() {
    var bytes = file("tokenizer.json");
    return bytes == null ? null : Digests.sha256(bytes);
  }

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    var place = places.get(parameter.name());
    var file = files.get(place.tensor());
    var buffer = new float[(int) Math.min(CHUNK, count)];
    for (long done = 0; done < count; done += buffer.length) {
      var part = (int) Math.min(buffer.length, count - done);
      file.read(place.tensor(), place.offset() + first + done, buffer, part);
      sink.accept(first + done, part == buffer.length ? buffer : Arrays.copyOf(buffer, part));
    }
  }
}
