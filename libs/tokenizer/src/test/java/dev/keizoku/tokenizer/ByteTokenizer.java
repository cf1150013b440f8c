package dev.keizoku.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A {@code tokenizer.json} whose first 256 tokens are the bytes, to be changed by a test. */
final class ByteTokenizer {
  private static final ObjectMapper JSON = new ObjectMapper();

  final ObjectNode root = JsonNodeFactory.instance.objectNode();
  final ObjectNode vocabulary;
  final ArrayNode merges;
  final ArrayNode added;

  ByteTokenizer() {
    root.put("version", "1.0");
    added = root.putArray("added_tokens");
    root.putNull("normalizer");
    for (var part : List.of("pre_tokenizer", "decoder")) {
      root.putObject(part)
          .put("type", "ByteLevel")
          .put("add_prefix_space", false)
          .put("trim_offsets", true)
          .put("use_regex", true);
    }
    var model = root.putObject("model").put("type", "BPE");
    vocabulary = model.putObject("vocab");
    merges = model.putArray("merges");
    for (var b = 0; b < 256; b++) {
      vocabulary.put(letter(b), b);
    }
  }

  /** The character of a byte in GPT-2's alphabet. */
  static String letter(int b) {
    boolean printable = b > 32 && b < 127 || b > 160 && b != 173;
    if (printable) {
      return Character.toString(b);
    }
    var before = b <= 32 ? b : b <= 160 ? 33 + b - 127 : 67;
    return Character.toString(256 + before);
  }

  ByteTokenizer add(int id, String content, boolean special) {
    added
        .addObject()
        .put("id", id)
        .put("content", content)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", special);
    return this;
  }

  ByteTokenizer merge(String first, String second) {
    vocabulary.put(first + second, vocabulary.size());
    merges.add(first + ' ' + second);
    return this;
  }

  Tokenizer open() {
    return open(Map.of());
  }

  Tokenizer open(Map<String, Object> config) {
    try {
      return Tokenizers.of(
          Map.of(
              "tokenizer.json", JSON.writeValueAsBytes(root),
              "tokenizer_config.json", JSON.writeValueAsBytes(config)),
          "test");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
