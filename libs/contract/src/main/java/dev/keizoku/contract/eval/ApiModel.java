package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A model behind an endpoint. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiModel(
    @JsonPropertyDescription(
            "Address of an API that speaks OpenAI's chat completions, such as "
                + "https://api.example.com/v1; /chat/completions is added. It may lie in the "
                + "cluster (http://judge.models.svc:8000/v1); a key goes over http:// within "
                + "private networks only.")
        @Required
        @Pattern(ApiModel.ENDPOINT)
        @Size(max = 512)
        String endpoint,
    @JsonPropertyDescription("The model's name, as the endpoint calls it.")
        @Required
        @Size(min = 1, max = 253)
        String model,
    @JsonPropertyDescription(
            "Questions on their way at a time (num_concurrent of lm-eval). Default: 4.")
        @Min(1)
        @Max(64)
        Integer numConcurrent,
    @JsonPropertyDescription("Seconds that one answer may take. Default: 120.") @Min(1) @Max(3600)
        Integer timeoutSeconds,
    @JsonPropertyDescription(
            "How often a question is asked again after HTTP 429, 5xx, a broken connection or a "
                + "time-out, with growing pauses of a minute at most or what Retry-After says. "
                + "Default: 5.")
        @Min(0)
        @Max(20)
        Integer maxRetries) {

  /** Form of an endpoint's address: nothing of a key or a query is in it. */
  public static final String ENDPOINT = "^https?://[^/?#@\\s]+(/[^?#@\\s]*)?$";

  /** Fills the defaults, which no schema may: it is an item of a list too. */
  public ApiModel {
    numConcurrent = numConcurrent == null ? Integer.valueOf(4) : numConcurrent;
    timeoutSeconds = timeoutSeconds == null ? Integer.valueOf(120) : timeoutSeconds;
    maxRetries = maxRetries == null ? Integer.valueOf(5) : maxRetries;
  }

  /**
   * A model as the program is told of it.
   *
   * @param settings which lie among its fields
   * @param keyFile file with the endpoint's key; null for an endpoint that wants none
   * @param completions how it tells log-likelihoods; null for one that writes answers only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Order(
      @JsonUnwrapped ApiModel settings,
      @Size(min = 1, max = 1024) String keyFile,
      Completions completions) {

    /** A model without settings is refused by its rules, not by a fault. */
    public Order {
      settings = settings == null ? new ApiModel(null, null, null, null, null) : settings;
    }
  }
}
