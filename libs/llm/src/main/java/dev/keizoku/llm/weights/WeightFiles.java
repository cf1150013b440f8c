package dev.keizoku.llm.weights;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.weights.safetensors.SafeTensorsFile;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import java.util.HashMap;
import java.util.Map;

/** Which file of a model's folder holds each tensor. */
final class WeightFiles {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private WeightFiles() {}

  /**
   * The files by the names of their tensors.
   *
   * @throws RunFault user errors {@code ModelIncomplete}, {@code ModelMismatch}, {@code
   *     PickleRefused}, {@code SafeTensorsInvalid}
   */
  static Map<String, SafeTensorsFile> of(ObjectStore store, StoreUri folder) {
    var index = folder.child(INDEX);
    var single = folder.child(SINGLE);
    if (store.stat(index).isPresent()) {
      return indexed(store, folder, index);
    }
    if (store.stat(single).isEmpty()) {
      throw noWeights(store, folder);
    }
    var byTensor = new HashMap<String, SafeTensorsFile>();
    var file = SafeTensorsFile.open(store, single);
    file.tensors().keySet().forEach(name -> byTensor.put(name, file));
    return byTensor;
  }

  private static Map<String, SafeTensorsFile> indexed(
      ObjectStore store, StoreUri folder, StoreUri index) {
    var map = Json.read(store.read(index), JsonNode.class, index.toString()).path("weight_map");
    var byTensor = new HashMap<String, SafeTensorsFile>();
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
    // Some loaders would take the one, some the other, and the models may have nothing in common.
    if (!opened.containsKey(SINGLE) && store.stat(folder.child(SINGLE)).isPresent()) {
      throw RunFault.userError(
          Reason.MODEL_MISMATCH,
          "%s holds two sets of weights: %s, and the files that %s names; give a folder with only the one that is meant."
              .formatted(folder, SINGLE, INDEX));
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

  static RunFault mismatch(StoreUri folder, String problem) {
    return RunFault.userError(
        Reason.MODEL_MISMATCH,
        "The tensors of %s do not fit its config.json: %s.".formatted(folder, problem));
  }
}
