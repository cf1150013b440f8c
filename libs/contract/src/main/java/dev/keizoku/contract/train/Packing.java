package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;

/** How documents share a packed sequence. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Packing(
    @JsonPropertyDescription(
            "False: attention stays inside a document and positions begin anew with each. True: a "
                + "sequence is one stretch of text, whose documents see those before them, as tools "
                + "that cut a concatenated corpus train it. Held-out perplexity is always measured "
                + "the first way.")
        @Default("false")
        Boolean crossDocuments) {

  /** Fills the schema's default. */
  public Packing {
    crossDocuments = Defaults.of(Packing.class, "crossDocuments", crossDocuments);
  }
}
