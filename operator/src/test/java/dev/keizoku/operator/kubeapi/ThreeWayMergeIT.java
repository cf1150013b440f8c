package dev.keizoku.operator.kubeapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was applied and what is stored differ in nothing that a three-way merge would write again.
 * For a custom resource kubectl and Argo CD merge as RFC 7386 does: a default beside what was
 * applied is left alone, but a list is compared as a whole, so that one inside an item is a
 * difference for ever.
 */
class ThreeWayMergeIT {
  private static KubernetesClient client;

  @BeforeAll
  static void begin() {
    client = KubeApi.get().admin();
  }

  static Stream<Path> examples() throws IOException {
    try (var files = Files.walk(Path.of("../examples"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsStoredAsItWasApplied(Path file) throws IOException {
    var applied = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
    if (!applied.getApiVersion().startsWith("keizoku.dev/")) {
      return;
    }
    var spec = Serialization.jsonMapper().valueToTree(applied).get("spec");
    var live = client.resource(applied).inNamespace(KubeApi.get().newNamespace()).create();
    var stored = Serialization.jsonMapper().valueToTree(live).get("spec");
    assertThat(stored).as("the API server fills defaults").isNotEqualTo(spec);
    assertThat(merged(stored, spec)).isEqualTo(stored);
  }

  /** The merge sees what it is to see: a default in a list's item. */
  @Test
  void aDefaultInAnItemWouldBeADifference() throws IOException {
    JsonNode applied = Serialization.jsonMapper().readTree("{\"data\":[{\"name\":\"a\"}]}");
    JsonNode stored =
        Serialization.jsonMapper()
            .readTree("{\"seed\":42,\"data\":[{\"name\":\"a\",\"weight\":1.0}]}");
    assertThat(merged(stored, applied)).isNotEqualTo(stored);
    assertThat(List.copyOf(merged(stored, applied).properties())).hasSize(2);
  }

  /** RFC 7386; nothing is deleted, for nothing was applied before. */
  private static JsonNode merged(JsonNode live, JsonNode applied) {
    if (!live.isObject() || !applied.isObject()) {
      return same(live, applied) ? live : applied;
    }
    ObjectNode merged = live.deepCopy();
    applied
        .properties()
        .forEach(
            field ->
                merged.set(
                    field.getKey(),
                    live.has(field.getKey())
                        ? merged(live.get(field.getKey()), field.getValue())
                        : field.getValue()));
    return merged;
  }

  /** 1 and 1.0 are one number. */
  private static boolean same(JsonNode live, JsonNode applied) {
    return live.equals(
        (a, b) ->
            a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.equals(b) ? 0 : 1,
        applied);
  }
}
