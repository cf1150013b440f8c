package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * What every candidate must reach, each time at the end of an interval: a gain or a loss that
 * chance may have made decides nothing.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Gate(
    @JsonPropertyDescription(
            "What the overall gain (candidate minus base, -1 to 1) must lie above with its lower "
                + "end.")
        @Default("0")
        @Min(-1)
        @Max(1)
        Double minDelta,
    @JsonPropertyDescription(
            "Chance that a candidate that is no better passes, 0.001 to 0.5: level of the one-sided "
                + "ends. They are taken when the run begins; another level needs another run.")
        @Default("0.05")
        @Min(0.001)
        @Max(0.5)
        Double alpha,
    @JsonPropertyDescription(
            "What no task may lose, 0 to 1: each must lie above minus this with its lower end "
                + "(non-inferiority); of a perplexity as a share of the base model's. Default: no "
                + "limit.")
        @Min(0)
        @Max(1)
        Double maxTaskRegression,
    @JsonPropertyDescription(
            "The same for what a model may forget: the mean of the general tasks and each general "
                + "perplexity. Default: no limit.")
        @Min(0)
        @Max(1)
        Double maxGeneralRegression,
    @JsonPropertyDescription(
            "The evaluation is Ready only when the gate is passed, so that kubectl wait and Argo CD "
                + "stop.")
        @Default("false")
        Boolean enforce,
    @JsonPropertyDescription(
            "No longer read: the gate always asks the interval's lower end. Remove it.")
        Boolean significant) {

  /** Fills the schema's defaults. */
  public Gate {
    minDelta = Defaults.of(Gate.class, "minDelta", minDelta);
    alpha = Defaults.of(Gate.class, "alpha", alpha);
    enforce = Defaults.of(Gate.class, "enforce", enforce);
  }
}
