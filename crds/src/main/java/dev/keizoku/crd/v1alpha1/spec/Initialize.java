package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** A start from nothing: an architecture with random weights. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Initialize(
    @JsonPropertyDescription("The architecture, in the terms of Hugging Face's config.json.")
        @Required
        Config config,
    @JsonPropertyDescription("The tokenizer that the new model gets.") @Required
        Tokenizer tokenizer) {

  /** Families of decoder models that can be made from nothing. */
  public enum ModelType {
    @JsonProperty("llama")
    LLAMA,
    @JsonProperty("qwen2")
    QWEN2
  }

  /** The shape of the network. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.hiddenSize % (2 * self.numAttentionHeads) == 0",
      message = "hiddenSize must be a multiple of 2 x numAttentionHeads",
      fieldPath = ".hiddenSize")
  @ValidationRule(
      value = "!has(self.numKeyValueHeads) || self.numAttentionHeads % self.numKeyValueHeads == 0",
      message = "numAttentionHeads must be a multiple of numKeyValueHeads",
      fieldPath = ".numAttentionHeads")
  public record Config(
      @JsonPropertyDescription("Model family.") @Default("llama") ModelType modelType,
      @JsonPropertyDescription("Rows of the embedding. Default: the tokenizer's vocabulary.")
          @Min(2)
          @Max(1000000)
          Integer vocabSize,
      @JsonPropertyDescription("Width of the residual stream.") @Required @Min(8) @Max(65536)
          Integer hiddenSize,
      @JsonPropertyDescription("Width of the feed-forward layer.") @Required @Min(8) @Max(262144)
          Integer intermediateSize,
      @JsonPropertyDescription("Number of decoder layers.") @Required @Min(1) @Max(512)
          Integer numHiddenLayers,
      @JsonPropertyDescription("Number of query heads.") @Required @Min(1) @Max(512)
          Integer numAttentionHeads,
      @JsonPropertyDescription("Number of key and value heads. Default: numAttentionHeads.")
          @Min(1)
          @Max(512)
          Integer numKeyValueHeads,
      @JsonPropertyDescription("Longest sequence, in tokens.")
          @Default("2048")
          @Min(8)
          @Max(1048576)
          Integer maxPositionEmbeddings,
      @JsonPropertyDescription("Epsilon of RMSNorm.")
          @Default("1.0e-6")
          @Min(value = 0, inclusive = false)
          @Max(1)
          Double rmsNormEps,
      @JsonPropertyDescription("Base of the rotary embedding.") @Default("10000") @Min(1)
          Double ropeTheta,
      @JsonPropertyDescription("Use the embedding as the output layer too.") @Default("true")
          Boolean tieWordEmbeddings,
      @JsonPropertyDescription("Standard deviation of the random weights.")
          @Default("0.02")
          @Min(value = 0, inclusive = false)
          @Max(1)
          Double initializerRange) {

    /** Fills the schema's defaults. */
    public Config {
      modelType = Defaults.of(Config.class, "modelType", modelType);
      numKeyValueHeads = numKeyValueHeads == null ? numAttentionHeads : numKeyValueHeads;
      maxPositionEmbeddings =
          Defaults.of(Config.class, "maxPositionEmbeddings", maxPositionEmbeddings);
      rmsNormEps = Defaults.of(Config.class, "rmsNormEps", rmsNormEps);
      ropeTheta = Defaults.of(Config.class, "ropeTheta", ropeTheta);
      tieWordEmbeddings = Defaults.of(Config.class, "tieWordEmbeddings", tieWordEmbeddings);
      initializerRange = Defaults.of(Config.class, "initializerRange", initializerRange);
    }
  }
}
