package dev.keizoku.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Writes {@code docs/api.md} out of the chart's resource definitions and compares it with what is
 * there; {@code make crds} runs it with {@code -Dcrds.write=true}, which writes it.
 */
class ApiReferenceTest {
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Path CHART = Path.of("../charts/keizoku/crds");
  private static final Path REFERENCE = Path.of("../docs/api.md");

  @Test
  void theReferenceSaysWhatTheDefinitionsSay() throws IOException {
    var lines = new ArrayList<String>();
    lines.add("# Fields of the resources");
    lines.add("");
    lines.add(
        "Made by `make crds` out of the definitions in `charts/keizoku/crds`; `kubectl explain` says"
            + " the same. What is no number, word or list by itself has its fields below it.");
    for (var plural :
        List.of("fincorpora", "continualpretrains", "benchmarkevals", "runprofiles")) {
      lines.addAll(kind(YAML.readTree(CHART.resolve(plural + ".keizoku.dev.yaml").toFile())));
    }
    var text = String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("crds.write")) {
      Files.writeString(REFERENCE, text);
    }
    assertThat(REFERENCE).as("run `make crds` and commit the result").hasContent(text);
  }

  private static List<String> kind(JsonNode crd) {
    var root = crd.at("/spec/versions/0/schema/openAPIV3Schema");
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("## " + crd.at("/spec/names/kind").asText());
    lines.add("");
    lines.add(root.path("description").asText());
    for (var part : List.of("spec", "status")) {
      boolean spec = part.equals("spec");
      if (root.at("/properties/" + part).isMissingNode()) {
        continue;
      }
      lines.add("");
      lines.add("### " + part);
      lines.add("");
      lines.add(spec ? "| Field | Type | Limits | Meaning |" : "| Field | Type | Meaning |");
      lines.add(spec ? "|---|---|---|---|" : "|---|---|---|");
      rows(root.at("/properties/" + part), "", spec, lines);
      var rules = rules(spec ? root : root.at("/properties/status")).toList();
      if (!rules.isEmpty()) {
        lines.add("");
        lines.add("What has to fit together:");
        lines.add("");
        rules.forEach(rule -> lines.add("- " + rule));
      }
    }
    return lines;
  }

  private static void rows(JsonNode schema, String path, boolean limits, List<String> lines) {
    var required =
        StreamSupport.stream(schema.path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    for (var property : schema.path("properties").properties()) {
      var inner = property.getValue();
      var at = path + property.getKey();
      var cells = new ArrayList<>(List.of("`" + at + "`", type(inner)));
      if (limits) {
        cells.add(limits(inner, required.contains(property.getKey())));
      }
      cells.add(inner.path("description").asText());
      lines.add(
          cells.stream()
              .map(cell -> cell.replace("|", "\\|").replaceAll("\\s+", " "))
              .collect(Collectors.joining(" | ", "| ", " |")));
      // Kubernetes' own types are explained there.
      if (!inner.has("x-kubernetes-preserve-unknown-fields") && !kubernetes(at)) {
        rows(inner, at + ".", limits, lines);
        rows(inner.path("items"), at + "[].", limits, lines);
      }
    }
  }

  private static boolean kubernetes(String path) {
    return path.startsWith("podTemplate.");
  }

  private static String type(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "array" -> "list of " + type(schema.path("items"));
      case "object" -> schema.has("additionalProperties") ? "map" : "object";
      case "" -> "any";
      case String plain -> plain;
    };
  }

  private static String limits(JsonNode schema, boolean required) {
    var parts = new ArrayList<String>();
    if (required) {
      parts.add("required");
    }
    for (var word : schema.path("enum")) {
      parts.add("`" + word.asText() + "`");
    }
    bound(schema, "minimum", schema.path("exclusiveMinimum").asBoolean() ? ">" : "≥", parts);
    bound(schema, "maximum", schema.path("exclusiveMaximum").asBoolean() ? "<" : "≤", parts);
    bound(schema, "minItems", "items ≥", parts);
    bound(schema, "maxItems", "items ≤", parts);
    bound(schema, "maxLength", "characters ≤", parts);
    if (schema.has("pattern")) {
      parts.add("`" + schema.get("pattern").asText() + "`");
    }
    return String.join(", ", parts);
  }

  private static void bound(JsonNode schema, String name, String sign, List<String> parts) {
    if (schema.has(name)) {
      var value = schema.get(name).decimalValue().stripTrailingZeros();
      parts.add(sign + " " + (value.scale() <= 6 ? value.toPlainString() : value));
    }
  }

  private static Stream<String> rules(JsonNode schema) {
    var own =
        StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
            .map(rule -> rule.path("message").asText());
    var below =
        StreamSupport.stream(schema.path("properties").spliterator(), false)
            .flatMap(ApiReferenceTest::rules);
    return Stream.of(own, below, items(schema)).flatMap(s -> s).distinct();
  }

  private static Stream<String> items(JsonNode schema) {
    return schema.has("items") ? rules(schema.get("items")) : Stream.empty();
  }
}
