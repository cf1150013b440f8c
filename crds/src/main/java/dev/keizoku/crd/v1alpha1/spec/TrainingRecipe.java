package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.train.TrainRun.Export;
import dev.keizoku.contract.train.TrainRun.Precision;
import dev.keizoku.contract.train.TrainRun.Schedule;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What is trained, on what and how. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.baseModel) != has(self.initialize)",
    message = "set exactly one of baseModel.uri, baseModel.continualPretrainRef and initialize")
@ValidationRule(
    value = "has(self.epochs) || has(self.maxSteps)",
    message = "set epochs, maxSteps or both (then whichever ends first)")
@ValidationRule(
    value = "self.globalBatchSize % (self.microBatchSize * self.parallelism.devices) == 0",
    message = "globalBatchSize must be a multiple of microBatchSize x parallelism.devices",
    fieldPath = ".globalBatchSize")
@ValidationRule(
    value = "self.minLearningRate <= self.learningRate",
    message = "minLearningRate must not be above learningRate",
    fieldPath = ".minLearningRate")
@ValidationRule(
    value = "!has(self.export) || self.export != 'best' || has(self.evaluationSteps)",
    message = "export: best chooses among the evaluations: set evaluationSteps",
    fieldPath = ".evaluationSteps")
@ValidationRule(
    value = "!has(self.export) || self.export != 'best' || self.checkpoint.keepBest >= 1",
    message = "export: best needs its checkpoint: set checkpoint.keepBest to 1 or more",
    fieldPath = ".checkpoint.keepBest")
@ValidationRule(
    value =
        "!has(self.initialize)"
            + " || self.sequenceLength <= self.initialize.config.maxPositionEmbeddings",
    message = "sequenceLength must not be above initialize.config.maxPositionEmbeddings",
    fieldPath = ".sequenceLength")
@ValidationRule(
    value =
        "!has(self.guards) || !has(self.guards.forgetting)"
            + " || self.data.exists(d, d.corpusRef.name == self.guards.forgetting.heldOut)"
            + " || (has(self.evaluation)"
            + " && self.evaluation.exists(e, e.corpusRef.name == self.guards.forgetting.heldOut))",
    message = "guards.forgetting.heldOut must be the name of a corpus of data or evaluation",
    fieldPath = ".guards.forgetting.heldOut")
@ValidationRule(
    value = "!has(self.guards) || !has(self.guards.forgetting) || has(self.evaluationSteps)",
    message = "guards.forgetting looks at each evaluation: set evaluationSteps",
    fieldPath = ".evaluationSteps")
public record TrainingRecipe(
    @JsonPropertyDescription("The model that training continues from.") BaseModel baseModel,
    @JsonPropertyDescription("Start from random weights instead of a base model.")
        Initialize initialize,
    @JsonPropertyDescription("The corpora that are trained on; at least one.")
        @Required
        @Size(min = 1, max = 32)
        List<Data> data,
    @JsonPropertyDescription(
            "Further corpora whose held-out perplexity is reported, to see what is forgotten; the "
                + "held-out splits of data always are. Default: none.")
        @Size(max = 16)
        List<Evaluation> evaluation,
    @JsonPropertyDescription("Length of a packed sequence, in tokens. Default: 2048.")
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
                + "parallelism.devices (the rest is gradient accumulation). Default: 24.")
        @Default("24")
        @Min(1)
        @Max(1000000)
        Integer globalBatchSize,
    @JsonPropertyDescription("Sequences a device handles at once. Default: 1.")
        @Default("1")
        @Min(1)
        @Max(4096)
        Integer microBatchSize,
    @JsonPropertyDescription("Peak learning rate; arXiv 2404.10555 continued at 5e-7. No default.")
        @Required
        @Min(value = 0, inclusive = false)
        @Max(1)
        Double learningRate,
    @JsonPropertyDescription("Learning rate that the schedule ends at. Default: 0.")
        @Default("0")
        @Min(0)
        @Max(1)
        Double minLearningRate,
    @JsonPropertyDescription("Optimizer steps of linear warm-up from 0. Default: 0.")
        @Default("0")
        @Min(0)
        Integer warmupSteps,
    @JsonPropertyDescription("Form of the learning-rate schedule. Default: linear.")
        @Default("linear")
        Schedule schedule,
    @JsonPropertyDescription("Constants of AdamW.") @Default("{}") Optimizer optimizer,
    @JsonPropertyDescription(
            "Number format of parameters and activations; master weights and moments are fp32. "
                + "Default: bf16.")
        @Default("bf16")
        Precision precision,
    @JsonPropertyDescription("Devices and sharding.") @Default("{}") Parallelism parallelism,
    @JsonPropertyDescription("When checkpoints are written.") @Default("{}") Checkpoint checkpoint,
    @JsonPropertyDescription(
            "Optimizer steps between two measurements of held-out perplexity. "
                + "Default: at start and end only.")
        @Min(1)
        Integer evaluationSteps,
    @JsonPropertyDescription("What stops or turns a run that goes wrong.") @Default("{}")
        Guards guards,
    @JsonPropertyDescription("How documents share a packed sequence.") @Default("{}")
        Packing packing,
    @JsonPropertyDescription(
            "Beginnings of text that the model continues greedily at the start and at each "
                + "evaluation; what it wrote is in samples.jsonl and report.html beside the model.")
        @Default("{}")
        SamplePrompts samplePrompts,
    @JsonPropertyDescription(
            "Which model is exported: that of the last step, or of the best checkpoint, which has "
                + "the lowest held-out perplexity of the first corpus of data; best needs "
                + "evaluationSteps. Default: last.")
        @Default("last")
        Export export,
    @JsonPropertyDescription("Seed of random weights and data order. Default: 42.") @Default("42")
        Long seed) {

  /** Fills the schema's defaults. */
  public TrainingRecipe {
    evaluation = evaluation == null ? List.of() : evaluation;
    sequenceLength = sequenceLength == null ? 2048 : sequenceLength;
    globalBatchSize = globalBatchSize == null ? 24 : globalBatchSize;
    microBatchSize = microBatchSize == null ? 1 : microBatchSize;
    minLearningRate = minLearningRate == null ? 0.0 : minLearningRate;
    warmupSteps = warmupSteps == null ? 0 : warmupSteps;
    schedule = schedule == null ? Schedule.LINEAR : schedule;
    optimizer = optimizer == null ? new Optimizer(null, null, null, null, null) : optimizer;
    precision = precision == null ? Precision.BF16 : precision;
    parallelism =
        parallelism == null ? new Parallelism(null, null, null, null, null, null) : parallelism;
    checkpoint = checkpoint == null ? new Checkpoint(null, null, null) : checkpoint;
    guards = guards == null ? new Guards(null, null) : guards;
    packing = packing == null ? new Packing(null) : packing;
    samplePrompts = samplePrompts == null ? new SamplePrompts(null, null) : samplePrompts;
    export = export == null ? Export.LAST : export;
    seed = seed == null ? 42L : seed;
  }

  /** A corpus that is trained on. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      @JsonPropertyDescription("The FinCorpus; its version is pinned at the start.") @Required
          LocalRef corpusRef,
      @JsonPropertyDescription("Relative sampling weight. Default: 1.")
          @Default("1")
          @Min(value = 0, inclusive = false)
          @Max(1000000)
          Double weight) {

    /** Fills the schema's default. */
    public Data {
      weight = weight == null ? 1.0 : weight;
    }
  }

  /** A corpus whose held-out split is measured only. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Evaluation(
      @JsonPropertyDescription("The FinCorpus; its version is pinned at the start.") @Required
          LocalRef corpusRef) {}
}
