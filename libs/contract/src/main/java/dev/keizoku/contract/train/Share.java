package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How much of the training a corpus makes up. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Share(
    @JsonPropertyDescription(
            "Share of this corpus in each batch, relative to the weights of the others; an epoch is "
                + "then one pass over the first corpus. Set it for every corpus of data or for none. "
                + "Default: corpora are mixed in proportion to their tokens, and an epoch is one pass "
                + "over all.")
        @Min(value = 0, inclusive = false)
        @Max(1000000)
        Double weight) {

  /** Nothing said. */
  public static final Share BY_TOKENS = new Share(null);
}
