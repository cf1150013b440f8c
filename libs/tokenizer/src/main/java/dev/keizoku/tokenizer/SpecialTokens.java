package dev.keizoku.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which tokens begin and end a text, by name, from the files beside a tokenizer.
 *
 * @param bos null when there is none
 * @param eos null when no file says it and no usual name is in the vocabulary
 */
record SpecialTokens(String bos, String eos) {
  private static final List<String> USUAL_EOS =
      List.of("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param known whether the vocabulary has a token of this name
   */
  static SpecialTokens find(Path folder, Predicate<String> known) throws IOException {
    String bos = null;
    String eos = null;
    for (var name : TokenizerFiles.SPECIAL_TOKENS) {
      var file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        var root = read(file);
        bos = bos == null ? name(root.get("bos_token")) : bos;
        eos = eos == null ? name(root.get("eos_token")) : eos;
      }
    }
    if (eos == null) {
      eos = USUAL_EOS.stream().filter(known).findFirst().orElse(null);
    }
    return new SpecialTokens(bos, eos);
  }

  private static JsonNode read(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
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
