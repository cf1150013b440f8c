package dev.keizoku.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which tokens begin and end a text, by name, from the files beside a tokenizer.
 *
 * @param bos null when there is none
 * @param eos null when no file says it and no usual name is in the vocabulary
 * @param addBos {@code add_bos_token}; null when no file says it
 * @param tokenizerClass {@code tokenizer_class}; null when no file says it
 */
record SpecialTokens(String bos, String eos, Boolean addBos, String tokenizerClass) {
  private static final List<String> USUAL_EOS =
      List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param files content by name
   * @param known whether the vocabulary has a token of this name
   */
  static SpecialTokens find(Map<String, byte[]> files, Predicate<String> known) throws IOException {
    String bos = null;
    String eos = null;
    Boolean addBos = null;
    String tokenizerClass = null;
    for (var name : TokenizerFiles.SPECIAL_TOKENS) {
      if (files.containsKey(name)) {
        var root = read(name, files.get(name));
        bos = bos == null ? name(root.get("bos_token")) : bos;
        eos = eos == null ? name(root.get("eos_token")) : eos;
        var adds = root.path("add_bos_token");
        addBos = addBos == null && adds.isBoolean() ? Boolean.valueOf(adds.asBoolean()) : addBos;
        tokenizerClass =
            tokenizerClass == null ? root.path("tokenizer_class").textValue() : tokenizerClass;
      }
    }
    if (eos == null) {
      eos = USUAL_EOS.stream().filter(known).findFirst().orElse(null);
    }
    return new SpecialTokens(bos, eos, addBos, tokenizerClass);
  }

  private static JsonNode read(String file, byte[] content) throws IOException {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw TokenizerFaults.invalid(file, e.getOriginalMessage(), e);
    }
  }

  /** A token is written as its name or as an object with its content. */
  private static String name(JsonNode token) {
    if (token == null || token.isNull()) {
      return null;
    }
    return token.isObject() ? token.path("content").textValue() : token.textValue();
  }
}
