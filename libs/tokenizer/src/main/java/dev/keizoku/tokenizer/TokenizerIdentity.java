package dev.keizoku.tokenizer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.tokenizer.bytelevel.MergeRule;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What the ids of a tokenizer depend on, whatever the library version that wrote its file:
 * vocabulary, merges, added tokens, normalizer and pre-tokenizer. Truncation, padding, what is put
 * around a text and how ids become text again are left out.
 *
 * <p>Source: the serialization of huggingface/tokenizers, versions 0.10 to 0.22.
 */
final class TokenizerIdentity {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String TYPE = "type";
  private static final String VOCABULARY = "vocab";
  private static final String MERGES = "merges";

  /** Of no influence on ids. */
  private static final Set<String> SILENT = Set.of("trim_offsets", "str_rep");

  private final JsonGenerator json;

  private TokenizerIdentity(JsonGenerator json) {
    this.json = json;
  }

  /** SHA-256 over it, lower-case hex. */
  static String sha256(ObjectNode tokenizer) {
    var digest = Digests.sha256();
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest);
        var json = JSON.createGenerator(out)) {
      new TokenizerIdentity(json).write(tokenizer);
    } catch (IOException e) {
      throw new IllegalStateException("a digest takes every byte", e);
    }
    return Digests.hex(digest);
  }

  private void write(ObjectNode tokenizer) throws IOException {
    json.writeStartArray();
    var model = tokenizer.path("model");
    part(kind(model));
    vocabulary(model.path(VOCABULARY));
    merges(model.path(MERGES));
    added(tokenizer.path("added_tokens"));
    part(tokenizer.path("normalizer"));
    part(tokenizer.path("pre_tokenizer"));
    json.writeEndArray();
  }

  /** The model without its lists. Files of before 0.9 do not name the kind. */
  private static ObjectNode kind(JsonNode model) {
    var kind = NODES.objectNode();
    model.properties().stream()
        .filter(field -> !field.getKey().equals(VOCABULARY) && !field.getKey().equals(MERGES))
        .forEach(field -> kind.set(field.getKey(), field.getValue()));
    if (!kind.has(TYPE)) {
      kind.put(TYPE, model.has(MERGES) ? "BPE" : model.path(VOCABULARY).isArray() ? "Unigram" : "");
    }
    return kind;
  }

  private void vocabulary(JsonNode vocabulary) throws IOException {
    json.writeStartArray();
    for (var piece : vocabulary.isArray() ? vocabulary : NODES.arrayNode()) {
      json.writeString(piece.path(0).asText());
      json.writeNumber(piece.path(1).asDouble());
    }
    var sorted = vocabulary.properties().stream().sorted(Map.Entry.comparingByKey()).toList();
    for (var token : sorted) {
      json.writeString(token.getKey());
      json.writeNumber(token.getValue().asInt());
    }
    json.writeEndArray();
  }

  private void merges(JsonNode merges) throws IOException {
    json.writeStartArray();
    for (var merge : merges) {
      var pair = MergeRule.of(merge);
      json.writeString(pair.first());
      json.writeString(pair.second());
    }
    json.writeEndArray();
  }

  private void added(JsonNode tokens) throws IOException {
    json.writeStartArray();
    var sorted =
        StreamSupport.stream(tokens.spliterator(), false)
            .sorted(Comparator.comparingInt(token -> token.path("id").asInt()))
            .toList();
    for (var token : sorted) {
      part(token);
    }
    json.writeEndArray();
  }

  private void part(JsonNode value) throws IOException {
    JSON.writeTree(json, said(value));
  }

  /** A part in the words of today, its defaults taken out. */
  private static JsonNode said(JsonNode value) {
    if (value instanceof ArrayNode array) {
      var all = NODES.arrayNode(array.size());
      array.forEach(item -> all.add(said(item)));
      return all;
    }
    if (!(value instanceof ObjectNode object)) {
      return value.isMissingNode() ? NODES.nullNode() : value;
    }
    var fields = NODES.objectNode();
    inTodaysWords(object).forEach((name, field) -> keep(fields, name, said(field)));
    return fields;
  }

  private static Map<String, JsonNode> inTodaysWords(ObjectNode part) {
    var fields = new TreeMap<String, JsonNode>();
    part.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    switch (part.path(TYPE).asText()) {
      case "Metaspace" -> {
        var prefix = fields.remove("add_prefix_space");
        var always = prefix == null || prefix.asBoolean();
        fields.putIfAbsent("prepend_scheme", new TextNode(always ? "always" : "never"));
        fields.putIfAbsent("split", BooleanNode.TRUE);
      }
      case "ByteLevel" -> fields.putIfAbsent("use_regex", BooleanNode.TRUE);
      default -> {
        // Nothing of theirs was ever renamed.
      }
    }
    return fields;
  }

  private static void keep(ObjectNode fields, String name, JsonNode value) {
    if (!SILENT.contains(name) && !isUnsaid(value)) {
      fields.set(name, value);
    }
  }

  /** Where newer versions write null, false or "", older ones wrote nothing. */
  private static boolean isUnsaid(JsonNode value) {
    return value.isNull()
        || value.equals(BooleanNode.FALSE)
        || value.isTextual() && value.textValue().isEmpty();
  }
}
