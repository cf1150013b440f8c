package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * How a model behind an endpoint tells log-likelihoods.
 *
 * @param tokenizer folder of its tokenizer; null for the base model's
 * @param maxLength most tokens of a text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Completions(
    @JsonPropertyDescription(
            "Folder with the tokenizer of the model behind the endpoint: s3://, file:// or"
                + " hf://owner/name@revision. A first question finds out whether it is that one."
                + " Default: the base model's.")
        @Pattern("^(s3|file|hf)://.+$")
        @Size(max = 1024)
        String tokenizer,
    @JsonPropertyDescription(
            "Most tokens of a text that the endpoint takes (max_length of lm-eval): of longer ones"
                + " the beginning is left out. Default: 2048.")
        @Min(16)
        @Max(16777216)
        Integer maxLength) {

  /** Fills the default, which no schema may: it is in an item of a list too. */
  public Completions {
    maxLength = maxLength == null ? Integer.valueOf(2048) : maxLength;
  }
}
