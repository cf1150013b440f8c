package dev.keizoku.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The manifests and the data of {@code examples/quickstart}, as a user has them. */
final class Quickstart {
  static final Path ROOT = Path.of(System.getProperty("keizoku.root", ".."));
  private static final Path FOLDER = ROOT.resolve("examples/quickstart");

  private final Map<String, ObjectNode> manifests = new HashMap<>();

  Quickstart() throws IOException {
    try (var files = Files.newDirectoryStream(FOLDER, "*.yaml")) {
      for (var file : files) {
        var resource = Serialization.unmarshal(Files.readString(file), ObjectNode.class);
        manifests.put(resource.at("/metadata/name").asText(), resource);
      }
    }
  }

  /** A copy of a manifest, to be changed at will. */
  ObjectNode manifest(String name) {
    return manifests.get(name).deepCopy();
  }

  /** A training made shorter, with a checkpoint every five steps. */
  ObjectNode training(String name, int maxSteps) {
    var manifest = manifest(name);
    var spec = (ObjectNode) manifest.get("spec");
    spec.remove("epochs");
    spec.remove("evaluationSteps");
    spec.put("maxSteps", maxSteps);
    spec.putObject("checkpoint").put("steps", 5).put("keepLast", 2);
    return manifest;
  }

  static GenericKubernetesResource resource(JsonNode manifest) {
    return new ObjectMapper().convertValue(manifest, GenericKubernetesResource.class);
  }

  static void upload(ObjectStore store) throws IOException {
    var bucket = StoreUri.parse("s3://keizoku/");
    store.ensureBucket(bucket);
    for (var part : new String[] {"data", "tokenizer"}) {
      var folder = FOLDER.resolve(part);
      try (var files = Files.walk(folder)) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          var key = folder.relativize(file).toString();
          store.upload(file, bucket.child("quickstart/" + part + "/" + key));
        }
      }
    }
  }
}
