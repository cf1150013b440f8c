package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
        Boolean crossDocuments,
    @JsonPropertyDescription(
            "wrapped: documents end to end, cut where a sequence is full. bfd: best-fit decreasing; "
                + "a document that fits into a sequence is never cut, a longer one fills sequences "
                + "of its own and its rest is placed like a document; no token is left out, and "
                + "a few sequences are shorter than sequenceLength. Not with crossDocuments.")
        @Default("wrapped")
        Strategy strategy) {

  /** Fills the schema's defaults. */
  public Packing {
    crossDocuments = Defaults.of(Packing.class, "crossDocuments", crossDocuments);
    strategy = Defaults.of(Packing.class, "strategy", strategy);
  }

  /** Whether documents are fitted into sequences, not cut. */
  public boolean bestFit() {
    return strategy == Strategy.BFD;
  }

  /** What is put into a sequence; the words are those of Hugging Face's TRL. */
  public enum Strategy {
    /** The next tokens, whatever document they are of. */
    @JsonProperty("wrapped")
    WRAPPED,
    /** Whole documents, by best-fit decreasing. */
    @JsonProperty("bfd")
    BFD
  }
}
