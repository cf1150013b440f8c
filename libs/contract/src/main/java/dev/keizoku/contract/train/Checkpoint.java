package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** When checkpoints are written; one is also written when the pod is asked to stop. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Checkpoint(
    @JsonPropertyDescription("Optimizer steps between two checkpoints.") @Default("100") @Min(1)
        Integer steps,
    @JsonPropertyDescription("How many of the newest checkpoints are kept.")
        @Default("2")
        @Min(1)
        @Max(1000)
        Integer keepLast,
    @JsonPropertyDescription(
            "How many checkpoints are kept besides for their held-out perplexity, the lowest of "
                + "the first corpus of data; an evaluation that is the best so far then writes one "
                + "too.")
        @Default("1")
        @Min(0)
        @Max(1000)
        Integer keepBest) {

  /** Fills the schema's defaults. */
  public Checkpoint {
    steps = Defaults.of(Checkpoint.class, "steps", steps);
    keepLast = Defaults.of(Checkpoint.class, "keepLast", keepLast);
    keepBest = Defaults.of(Checkpoint.class, "keepBest", keepBest);
  }
}
