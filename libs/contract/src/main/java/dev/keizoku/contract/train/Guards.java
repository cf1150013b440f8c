package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What stops or turns a run that goes wrong. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Guards(
    @JsonPropertyDescription(
            "A loss far above the last ones: the run goes back to the checkpoint before it and "
                + "leaves the step's documents out; their ids are in the log and in metrics.jsonl.")
        @Default("{}")
        LossSpike lossSpike,
    @JsonPropertyDescription(
            "Watches the perplexity of one held-out set, usually of general text, at each "
                + "evaluation. Default: nothing is watched.")
        Forgetting forgetting,
    @JsonPropertyDescription(
            "A document of data that another corpus of data or evaluation holds out: its perplexity "
                + "would be that of text that was trained on. Drop: it is not trained on, and how "
                + "many there are is told in event, status and report. Refuse: the run ends before "
                + "it holds a device. Corpora of releases that kept no split/*.keys are not looked "
                + "at; the log says so.")
        @Default("Drop")
        OnHeldOut heldOutOverlap) {

  /** Fills the schema's defaults. */
  public Guards {
    lossSpike = Defaults.of(Guards.class, "lossSpike", lossSpike);
    heldOutOverlap = Defaults.of(Guards.class, "heldOutOverlap", heldOutOverlap);
  }

  /** When a loss is a spike, and how often one is borne. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LossSpike(
      @JsonPropertyDescription("How many of the last steps' losses a new one is compared with.")
          @Default("128")
          @Min(8)
          @Max(4096)
          Integer window,
      @JsonPropertyDescription(
              "From how many robust deviations, (loss - median) / (1.4826 MAD), above the window "
                  + "on a loss is a spike.")
          @Default("8")
          @Min(1)
          @Max(1000000)
          Double threshold,
      @JsonPropertyDescription(
              "How often the run goes back before it ends as Diverged; steps whose loss or "
                  + "gradient is not finite count too.")
          @Default("3")
          @Min(0)
          @Max(1000)
          Integer maxRollbacks) {

    /** Fills the schema's defaults. */
    public LossSpike {
      window = Defaults.of(LossSpike.class, "window", window);
      threshold = Defaults.of(LossSpike.class, "threshold", threshold);
      maxRollbacks = Defaults.of(LossSpike.class, "maxRollbacks", maxRollbacks);
    }
  }

  /** When a model forgets, and what happens then. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Forgetting(
      @JsonPropertyDescription(
              "The held-out set that is watched: name of a FinCorpus of data or evaluation.")
          @Required
          @Size(min = 1, max = 52)
          String heldOut,
      @JsonPropertyDescription(
              "Tolerated rise of its perplexity over that at step 0, as a ratio: 0.1 is 10 "
                  + "percent.")
          @Default("0.1")
          @Min(0)
          @Max(1000)
          Double maxIncrease,
      @JsonPropertyDescription(
              "Stop ends the run as Forgetting; LowerLearningRate multiplies the learning rate "
                  + "with learningRateFactor from there on.")
          @Default("Stop")
          OnForgetting action,
      @JsonPropertyDescription("What LowerLearningRate multiplies the learning rate with.")
          @Default("0.5")
          @Min(value = 0, inclusive = false)
          @Max(value = 1, inclusive = false)
          Double learningRateFactor,
      @JsonPropertyDescription(
              "How often LowerLearningRate lowers it before the run ends as Forgetting.")
          @Default("3")
          @Min(0)
          @Max(100)
          Integer maxLowerings) {

    /** Fills the schema's defaults. */
    public Forgetting {
      maxIncrease = Defaults.of(Forgetting.class, "maxIncrease", maxIncrease);
      action = Defaults.of(Forgetting.class, "action", action);
      learningRateFactor = Defaults.of(Forgetting.class, "learningRateFactor", learningRateFactor);
      maxLowerings = Defaults.of(Forgetting.class, "maxLowerings", maxLowerings);
    }
  }

  /** What becomes of documents that are trained on and held out. */
  public enum OnHeldOut {
    /** They are not trained on. */
    @JsonProperty("Drop")
    DROP,
    /** The run ends as {@code HeldOutTrainedOn}. */
    @JsonProperty("Refuse")
    REFUSE
  }

  /** What happens when a model forgets. */
  public enum OnForgetting {
    /** The run ends as {@code Forgetting}. */
    @JsonProperty("Stop")
    STOP,
    /** The learning rate is lowered from here on; the run ends when that was done too often. */
    @JsonProperty("LowerLearningRate")
    LOWER_LEARNING_RATE
  }
}
