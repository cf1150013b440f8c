package dev.keizoku.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether a tokenizer itself puts a token in front of every text, and which.
 *
 * <p>{@code add_bos_token} of {@code tokenizer_config.json} decides where it is there; then the
 * template of {@code tokenizer.json}; then the class, of which Llama's adds one. Source:
 * transformers, {@code LlamaTokenizerFast} and (from version 5 on) {@code TokenizersBackend}.
 *
 * @param token its name; null when neither files nor template name one
 * @param added whether it is put there by itself
 */
record BosRule(String token, boolean added) {
  private static final Set<String> ADDING_CLASSES =
      Set.of(
          "LlamaTokenizer", "LlamaTokenizerFast", "CodeLlamaTokenizer", "CodeLlamaTokenizerFast");

  /**
   * @param tokenizer {@code tokenizer.json}
   * @param special what the files beside it say
   */
  static BosRule of(JsonNode tokenizer, SpecialTokens special) {
    var template = first(tokenizer.path("post_processor"));
    var token = template.orElse(special.bos());
    if (special.addBos() != null) {
      return new BosRule(special.bos() == null ? token : special.bos(), special.addBos());
    }
    var adding =
        special.tokenizerClass() != null && ADDING_CLASSES.contains(special.tokenizerClass());
    return new BosRule(token, token != null && (template.isPresent() || adding));
  }

  /** The special token that a template begins a single text with. */
  private static Optional<String> first(JsonNode processor) {
    return switch (processor.path("type").asText()) {
      case "TemplateProcessing" ->
          Optional.ofNullable(
              processor.path("single").path(0).path("SpecialToken").path("id").textValue());
      case "Sequence" ->
          elements(processor.path("processors"))
              .map(BosRule::first)
              .flatMap(Optional::stream)
              .findFirst();
      default -> Optional.empty();
    };
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
