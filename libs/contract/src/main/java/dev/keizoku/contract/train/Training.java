package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Batch, length, schedule and number format; the learning, wherever it runs. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Training(
    @JsonPropertyDescription("Length of a packed sequence, in tokens.")
        @Default("2048")
        @Min(8)
        @Max(131072)
        Integer sequenceLength,
    @JsonPropertyDescription("Passes over the data. Default: as many as maxSteps needs.")
        @Min(value = 0, inclusive = false)
        @Max(1000)
        Double epochs,
    @JsonPropertyDescription("Optimizer steps. Default: as many as epochs needs.")
        @Min(1)
        @Max(100000000)
        Integer maxSteps,
    @JsonPropertyDescription(
            "Sequences an optimizer step, over all devices; a multiple of microBatchSize x "
                + "parallelism.devices (the rest is gradient accumulation).")
        @Default("24")
        @Min(1)
        @Max(1000000)
        Integer globalBatchSize,
    @JsonPropertyDescription("Sequences a device handles at once.") @Default("1") @Min(1) @Max(4096)
        Integer microBatchSize,
    @JsonPropertyDescription("Peak learning rate; arXiv 2404.10555 continued at 5e-7. No default.")
        @Required
        @Min(value = 0, inclusive = false)
        @Max(1)
        Double learningRate,
    @JsonPropertyDescription("Learning rate that the schedule ends at.")
        @Default("0")
        @Min(0)
        @Max(1)
        Double minLearningRate,
    @JsonPropertyDescription("Optimizer steps of linear warm-up from 0.")
        @Default("0")
        @Min(0)
        @Max(1000000000)
        Integer warmupSteps,
    @JsonPropertyDescription("Form of the learning-rate schedule.") @Default("linear")
        Schedule schedule,
    @JsonPropertyDescription(
            "Number format of parameters and activations; master weights and moments are fp32.")
        @Default("bf16")
        Precision precision,
    @JsonPropertyDescription(
            "Optimizer steps between two measurements of held-out perplexity. "
                + "Default: at start and end only.")
        @Min(1)
        @Max(1000000000)
        Integer evaluationSteps,
    @JsonPropertyDescription(
            "Which model is exported: that of the last step, or of the best checkpoint, which has "
                + "the lowest held-out perplexity of the first corpus of data; best needs "
                + "evaluationSteps.")
        @Default("last")
        Export export,
    @JsonPropertyDescription(
            "Architecture that the model is exported as: qwen2 writes a Qwen v1 model (rinna/nekomata "
                + "is one) under Qwen2's names and makes its tokenizer.json, so that it loads without "
                + "code of its own; base keeps that of the base model, with the code that it names. "
                + "Other families are the same in both. Default: qwen2 for Qwen v1, else base.")
        ExportAs exportAs,
    @JsonPropertyDescription(
            "Number format of the exported weights; fp32 keeps what bf16 rounds away. Default: that "
                + "of precision.")
        Precision exportDtype,
    @JsonPropertyDescription(
            "Whether a text begins with the tokenizer's BOS token: sample prompts do so, and corpora "
                + "must have been built so. Default: what the tokenizer itself does, by add_bos_token "
                + "of tokenizer_config.json, else by the template of tokenizer.json.")
        Boolean addBosToken,
    @JsonPropertyDescription("Seed of random weights and data order.") @Default("42") Long seed) {

  /** Fills the defaults. */
  public Training {
    sequenceLength = Defaults.of(Training.class, "sequenceLength", sequenceLength);
    globalBatchSize = Defaults.of(Training.class, "globalBatchSize", globalBatchSize);
    microBatchSize = Defaults.of(Training.class, "microBatchSize", microBatchSize);
    minLearningRate = Defaults.of(Training.class, "minLearningRate", minLearningRate);
    warmupSteps = Defaults.of(Training.class, "warmupSteps", warmupSteps);
    schedule = Defaults.of(Training.class, "schedule", schedule);
    precision = Defaults.of(Training.class, "precision", precision);
    export = Defaults.of(Training.class, "export", export);
    seed = Defaults.of(Training.class, "seed", seed);
  }

  /** Number format of the exported weights: what is asked for, else that of the training. */
  public Precision exportPrecision() {
    return exportDtype == null ? precision : exportDtype;
  }

  /** Form of the learning-rate schedule. */
  public enum Schedule {
    @JsonProperty("linear")
    LINEAR,
    @JsonProperty("cosine")
    COSINE,
    @JsonProperty("wsd")
    WSD,
    @JsonProperty("constant")
    CONSTANT
  }

  /** Which step's model is exported. */
  public enum Export {
    /** That of the last step. */
    @JsonProperty("last")
    LAST,
    /** That of the checkpoint with the lowest held-out perplexity. */
    @JsonProperty("best")
    BEST
  }

  /** Names and configuration that a model is exported with. */
  public enum ExportAs {
    /** Those of the base model. */
    @JsonProperty("base")
    BASE,
    /** Those of Qwen2, for models of the first Qwen generation. */
    @JsonProperty("qwen2")
    QWEN2
  }

  /** Number format of parameters and activations; master weights and moments are always fp32. */
  public enum Precision {
    @JsonProperty("fp32")
    FP32,
    @JsonProperty("bf16")
    BF16
  }
}
