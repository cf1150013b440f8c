package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.train.Checkpoint;
import dev.keizoku.contract.train.Guards;
import dev.keizoku.contract.train.Optimizer;
import dev.keizoku.contract.train.Packing;
import dev.keizoku.contract.train.Parallelism;
import dev.keizoku.contract.train.SamplePrompts;
import dev.keizoku.contract.train.Share;
import dev.keizoku.contract.train.TrainRules;
import dev.keizoku.contract.train.Training;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** What is trained, on what and how. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = FlatRecord.class)
@ValidationRule(
    value = "has(self.baseModel) != has(self.initialize)",
    message = "set exactly one of baseModel.uri, baseModel.continualPretrainRef and initialize")
@ValidationRule(value = TrainRules.LENGTH_CEL, message = TrainRules.LENGTH)
@ValidationRule(
    value = TrainRules.BATCH_CEL,
    message = TrainRules.BATCH,
    fieldPath = ".globalBatchSize")
@ValidationRule(
    value = TrainRules.RATES_CEL,
    message = TrainRules.RATES,
    fieldPath = ".minLearningRate")
@ValidationRule(
    value = TrainRules.BEST_OF_CEL,
    message = TrainRules.BEST_OF,
    fieldPath = ".evaluationSteps")
@ValidationRule(
    value = TrainRules.BEST_KEPT_CEL,
    message = TrainRules.BEST_KEPT,
    fieldPath = ".checkpoint.keepBest")
@ValidationRule(
    value = TrainRules.POSITIONS_CEL,
    message = TrainRules.POSITIONS,
    fieldPath = ".sequenceLength")
@ValidationRule(
    value = TrainRules.WATCHED_CEL,
    message = TrainRules.WATCHED,
    fieldPath = ".guards.forgetting.heldOut")
@ValidationRule(
    value = TrainRules.WATCHED_OFTEN_CEL,
    message = TrainRules.WATCHED_OFTEN,
    fieldPath = ".evaluationSteps")
@ValidationRule(
    value = TrainRules.PACKING_CEL,
    message = TrainRules.PACKING,
    fieldPath = ".packing.strategy")
@ValidationRule(value = TrainRules.WEIGHTS_CEL, message = TrainRules.WEIGHTS, fieldPath = ".data")
@ValidationRule(value = TrainRules.NAMES_CEL, message = TrainRules.NAMES, fieldPath = ".data")
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
    @JsonUnwrapped Training training,
    @JsonPropertyDescription("Constants of AdamW.") @Default("{}") Optimizer optimizer,
    @JsonPropertyDescription("Devices and sharding.") @Default("{}") Parallelism parallelism,
    @JsonPropertyDescription("When checkpoints are written.") @Default("{}") Checkpoint checkpoint,
    @JsonPropertyDescription("What stops or turns a run that goes wrong.") @Default("{}")
        Guards guards,
    @JsonPropertyDescription("How documents share a packed sequence.") @Default("{}")
        Packing packing,
    @JsonPropertyDescription(
            "Beginnings of text that the model continues greedily at the start and at each "
                + "evaluation; what it wrote is in samples.jsonl and report.html beside the model.")
        @Default("{}")
        SamplePrompts samplePrompts) {

  /** Fills the schema's defaults. */
  public TrainingRecipe {
    evaluation = evaluation == null ? List.of() : evaluation;
    optimizer = Defaults.of(TrainingRecipe.class, "optimizer", optimizer);
    parallelism = Defaults.of(TrainingRecipe.class, "parallelism", parallelism);
    checkpoint = Defaults.of(TrainingRecipe.class, "checkpoint", checkpoint);
    guards = Defaults.of(TrainingRecipe.class, "guards", guards);
    packing = Defaults.of(TrainingRecipe.class, "packing", packing);
    samplePrompts = Defaults.of(TrainingRecipe.class, "samplePrompts", samplePrompts);
  }

  /** A corpus that is trained on. */
  @JsonDeserialize(using = FlatRecord.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      @JsonPropertyDescription("The FinCorpus; its version is pinned at the start.") @Required
          LocalRef corpusRef,
      @JsonUnwrapped Share share) {

    /** Without a share the corpus is mixed in by its tokens. */
    public Data {
      share = share == null ? Share.BY_TOKENS : share;
    }
  }

  /** A corpus whose held-out split is measured only. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Evaluation(
      @JsonPropertyDescription("The FinCorpus; its version is pinned at the start.") @Required
          LocalRef corpusRef) {}
}
