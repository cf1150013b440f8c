package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Answers of all models to the same prompts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Generation(
    @JsonPropertyDescription(
            "Prompts that every model answers. Default: the ten that the evaluator carries.")
        @Size(min = 1, max = 50)
        List<@Size(min = 1, max = 8192) String> prompts,
    @JsonPropertyDescription("Longest answer, in tokens.") @Default("128") @Min(1) @Max(1024)
        Integer maxNewTokens,
    @JsonPropertyDescription(
            "How tokens are drawn. Default: greedy decoding, the likeliest token always.")
        Sampling sampling,
    @JsonPropertyDescription(
            "Whether the prompts are asked as a conversation, in the template, with the system text "
                + "and without the thinking that spec.chat says for the tasks. Default: false, the "
                + "models continue them.")
        Boolean applyChatTemplate) {

  /** Sentence of the rule that a conversation has a form. */
  public static final String CHAT = "generation.applyChatTemplate needs chat; chat: {} is enough";

  /** The same as the API server asks it. */
  public static final String CHAT_CEL =
      "!has(self.generation) || !has(self.generation.applyChatTemplate)"
          + " || !self.generation.applyChatTemplate || has(self.chat)";

  /** Fills the schema's default. */
  public Generation {
    maxNewTokens = Defaults.of(Generation.class, "maxNewTokens", maxNewTokens);
  }

  /** Whether the prompts are asked as a conversation. */
  public boolean asked() {
    return Boolean.TRUE.equals(applyChatTemplate);
  }

  /** How tokens are drawn, in the order of transformers' warpers. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Sampling(
      @JsonPropertyDescription("Temperature; 1 draws as the model says, less is less varied.")
          @Default("1")
          @Min(0.01)
          @Max(100)
          Double temperature,
      @JsonPropertyDescription("How many of the likeliest tokens are drawn from; 0 is all.")
          @Default("0")
          @Min(0)
          @Max(1000000)
          Integer topK,
      @JsonPropertyDescription(
              "Probability that the tokens drawn from have together, 0.0001 to 1; 1 is all.")
          @Default("1")
          @Min(0.0001)
          @Max(1)
          Double topP,
      @JsonPropertyDescription(
              "Seed of the draws, which follow from it and the prompt alone: the same texts in any "
                  + "batch and order.")
          @Default("1234")
          @Min(0)
          @Max(2147483647)
          Long seed) {

    /** Fills the schema's defaults. */
    public Sampling {
      temperature = Defaults.of(Sampling.class, "temperature", temperature);
      topK = Defaults.of(Sampling.class, "topK", topK);
      topP = Defaults.of(Sampling.class, "topP", topP);
      seed = Defaults.of(Sampling.class, "seed", seed);
    }
  }
}
