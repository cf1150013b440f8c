package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.setting.Defaults;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A model behind an endpoint that compares what the models wrote, by a rubric, in both orders. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Judge(
    @JsonPropertyDescription(
            "Address of an API that speaks OpenAI's chat completions, such as "
                + "https://api.example.com/v1; /chat/completions is added. It may lie in the "
                + "cluster (http://judge.models.svc:8000/v1); a key goes over http:// within "
                + "private networks only.")
        @Required
        @Pattern(Judge.ENDPOINT)
        @Size(max = 512)
        String endpoint,
    @JsonPropertyDescription("The judge's name, as the endpoint calls it.")
        @Required
        @Size(min = 1, max = 253)
        String model,
    @JsonPropertyDescription("What makes an answer good, in your words.")
        @Required
        @Size(min = 1, max = 16384)
        String rubric,
    @JsonPropertyDescription(
            "Judge only the first so many answers of each task, and of the generation. Default: "
                + "all; each is asked twice for every candidate.")
        @Min(1)
        @Max(1000000000)
        Integer limit,
    @JsonPropertyDescription("Questions on their way at a time (num_concurrent of lm-eval).")
        @Default("4")
        @Min(1)
        @Max(64)
        Integer numConcurrent,
    @JsonPropertyDescription("Seconds that one answer may take.") @Default("120") @Min(1) @Max(3600)
        Integer timeoutSeconds,
    @JsonPropertyDescription(
            "How often a question is asked again after HTTP 429, 5xx, a broken connection or a "
                + "time-out, with growing pauses of a minute at most or what Retry-After says.")
        @Default("5")
        @Min(0)
        @Max(20)
        Integer maxRetries,
    @JsonPropertyDescription("Most tokens of the judge's answer.")
        @Default("1024")
        @Min(16)
        @Max(65536)
        Integer maxTokens) {

  /** Form of an endpoint's address: nothing of a key or a query is in it. */
  public static final String ENDPOINT = "^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$";

  /** Fills the schema's defaults. */
  public Judge {
    numConcurrent = Defaults.of(Judge.class, "numConcurrent", numConcurrent);
    timeoutSeconds = Defaults.of(Judge.class, "timeoutSeconds", timeoutSeconds);
    maxRetries = Defaults.of(Judge.class, "maxRetries", maxRetries);
    maxTokens = Defaults.of(Judge.class, "maxTokens", maxTokens);
  }

  /**
   * A judge as the program is told of it.
   *
   * @param settings which lie among its fields
   * @param keyFile file with the endpoint's key; null for an endpoint that wants none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Order(@JsonUnwrapped Judge settings, @Size(min = 1, max = 1024) String keyFile) {}
}
