package dev.keizoku.contract.corpus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** How documents become tokens, besides the tokenizer itself. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Tokenization(
    @JsonPropertyDescription(
            "Whether every document begins with the tokenizer's BOS token; the model that is "
                + "trained on the corpus must be one that was trained so, as Llama and Mistral "
                + "were. Default: what the tokenizer itself does, by add_bos_token of "
                + "tokenizer_config.json, else by the template of tokenizer.json.")
        Boolean addBosToken) {

  /** Nothing said. */
  public static final Tokenization DEFAULT = new Tokenization(null);
}
