package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The shape of a network that begins with random weights. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.hiddenSize % (2 * self.numAttentionHeads) == 0",
    message = NewModel.HEADS,
    fieldPath = ".hiddenSize")
@ValidationRule(
    value = "!has(self.numKeyValueHeads) || self.numAttentionHeads % self.numKeyValueHeads == 0",
    message = NewModel.GROUPS,
    fieldPath = ".numAttentionHeads")
public record NewModel(
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
    @JsonPropertyDescription("Longest sequence, in tokens.") @Default("2048") @Min(8) @Max(1048576)
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
        Double initializerRange)
    implements Ruled {

  static final String HEADS = "hiddenSize must be a multiple of 2 x numAttentionHeads";
  static final String GROUPS = "numAttentionHeads must be a multiple of numKeyValueHeads";

  /** Hugging Face's config.json names the same fields in its own way, and more of them. */
  private static final ObjectMapper CONFIG_JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Families of decoder models that can be made from nothing. */
  public enum ModelType {
    @JsonProperty("llama")
    LLAMA,
    @JsonProperty("qwen2")
    QWEN2
  }

  /** Fills the schema's defaults. */
  public NewModel {
    modelType = Defaults.of(NewModel.class, "modelType", modelType);
    numKeyValueHeads = numKeyValueHeads == null ? numAttentionHeads : numKeyValueHeads;
    maxPositionEmbeddings =
        Defaults.of(NewModel.class, "maxPositionEmbeddings", maxPositionEmbeddings);
    rmsNormEps = Defaults.of(NewModel.class, "rmsNormEps", rmsNormEps);
    ropeTheta = Defaults.of(NewModel.class, "ropeTheta", ropeTheta);
    tieWordEmbeddings = Defaults.of(NewModel.class, "tieWordEmbeddings", tieWordEmbeddings);
    initializerRange = Defaults.of(NewModel.class, "initializerRange", initializerRange);
  }

  /** What a config.json says; empty where it is that of another family, or none. */
  static Optional<NewModel> of(Map<String, Object> configJson) {
    try {
      return Optional.of(CONFIG_JSON.convertValue(configJson, NewModel.class));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The same as Hugging Face's config.json; the trainer fills in a vocabulary not given. */
  public Map<String, Object> configJson() {
    var words =
        CONFIG_JSON.convertValue(this, new TypeReference<LinkedHashMap<String, Object>>() {});
    words.put("hidden_act", "silu");
    return words;
  }

  @Override
  public Map<String, Boolean> rules() {
    return Map.of(
        HEADS, hiddenSize % (2 * numAttentionHeads) == 0,
        GROUPS, numAttentionHeads % numKeyValueHeads == 0);
  }
}
