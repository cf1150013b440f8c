package dev.keizoku.operator.kubeapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Changes a manifest somewhere into something that its definition may or may not take: another
 * value of the right kind, one out of range, an odd word, a field too many or too few.
 *
 * @param chance what decides
 */
record SpecMutation(Random chance) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEPEST = 6;

  private static final List<String> WORDS =
      List.of(
          "a",
          "x-1",
          "UPPER",
          "",
          " ",
          "日本語",
          "s3://keizoku/raw/",
          "s3://",
          "hf://a/b",
          "http://minio:9000",
          "file:///etc/passwd",
          "../..",
          "a/b",
          "A=B",
          "1Gi",
          "-1",
          "0.5",
          "NoSchedule",
          "Exists",
          "true",
          "x\n",
          "x".repeat(64),
          "x".repeat(3_000));

  /** Changes one place of the node that has that schema. */
  void change(ObjectNode node, JsonNode schema) {
    var names = new ArrayList<String>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      node.set(word(), value(JSON.objectNode(), 0));
      return;
    }
    var name = names.get(chance.nextInt(names.size()));
    var below = schema.path("properties").path(name);
    int choice = chance.nextInt(12);
    if (choice == 0) {
      node.remove(name);
    } else if (choice == 1) {
      node.set(name, value(JSON.objectNode(), 0));
    } else if (node.get(name) instanceof ObjectNode inner && chance.nextInt(3) > 0) {
      change(inner, below);
    } else if (node.get(name) instanceof ArrayNode items
        && !items.isEmpty()
        && items.get(0) instanceof ObjectNode first
        && chance.nextBoolean()) {
      change(first, below.path("items"));
    } else {
      node.set(name, value(below, 0));
    }
  }

  /** Something of that schema, or nearly. */
  private JsonNode value(JsonNode schema, int depth) {
    if (schema.has("enum") && chance.nextInt(5) > 0) {
      return schema.path("enum").get(chance.nextInt(schema.path("enum").size()));
    }
    return switch (schema.path("type").asText("")) {
      case "integer" -> JSON.numberNode(number(schema).longValue());
      case "number" -> JSON.numberNode(number(schema).doubleValue());
      case "boolean" -> JSON.booleanNode(chance.nextBoolean());
      case "array" -> array(schema, depth);
      case "object" -> object(schema, depth);
      case "string" -> JSON.textNode(word());
      default -> chance.nextBoolean() ? JSON.textNode(word()) : JSON.numberNode(chance.nextInt());
    };
  }

  private Number number(JsonNode schema) {
    double least = schema.path("minimum").asDouble(0);
    double most = schema.path("maximum").asDouble(1_000_000);
    return switch (chance.nextInt(6)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> least - 1;
      case 3 -> most + 1;
      default -> least + chance.nextDouble() * Math.min(most - least, 1_000);
    };
  }

  private ArrayNode array(JsonNode schema, int depth) {
    var items = JSON.arrayNode();
    int count = depth > DEEPEST ? 0 : chance.nextInt(3);
    for (int i = 0; i < count; i++) {
      items.add(value(schema.path("items"), depth + 1));
    }
    return items;
  }

  private ObjectNode object(JsonNode schema, int depth) {
    var made = JSON.objectNode();
    var more = schema.path("additionalProperties");
    if (more.isObject()) {
      made.set(word(), value(more, depth + 1));
    }
    var required = new ArrayList<String>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              int one = required.contains(field.getKey()) ? 20 : 4;
              boolean odd = chance.nextInt(one) == 0;
              if (depth < DEEPEST && odd != required.contains(field.getKey())) {
                made.set(field.getKey(), value(field.getValue(), depth + 1));
              }
            });
    return made;
  }

  private String word() {
    return WORDS.get(chance.nextInt(WORDS.size()));
  }
}
