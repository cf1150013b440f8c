package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Which models are compared, on what. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.candidates.all(c, self.candidates.exists_one(d, d.name == c.name))",
    message = "every candidate needs a name of its own",
    fieldPath = ".candidates")
@ValidationRule(
    value = "self.candidates.all(c, c.name != self.base.name)",
    message = "no candidate may have the base model's name",
    fieldPath = ".candidates")
@ValidationRule(
    value = "self.tasks.all(t, self.tasks.exists_one(u, u.name == t.name))",
    message = "every task may be listed once",
    fieldPath = ".tasks")
public record EvaluationRecipe(
    @JsonPropertyDescription("The model that the others are compared with.") @Required Base base,
    @JsonPropertyDescription("The models compared with it; the first fills the columns.")
        @Required
        @Size(min = 1, max = 8)
        List<Candidate> candidates,
    @JsonPropertyDescription("The tasks scored. Default: all five with their default prompts.")
        @Default(
            "[{\"name\":\"chabsa\"},{\"name\":\"cma_basics\"},{\"name\":\"cpa_audit\"},"
                + "{\"name\":\"fp2\"},{\"name\":\"security_sales_1\"}]")
        @Size(min = 1, max = 5)
        List<Task> tasks,
    @JsonPropertyDescription("The paired bootstrap of the difference.") @Default("{}")
        Bootstrap bootstrap,
    @JsonPropertyDescription("Greedy answers of all models side by side. Default: none.")
        Generation generation,
    @JsonPropertyDescription(
            "Tokens (with padding) in one forward pass; more is faster and needs more memory. "
                + "Default: 8192.")
        @Default("8192")
        @Min(128)
        @Max(16777216)
        Integer batchTokens,
    @JsonPropertyDescription(
            "What the first candidate must reach; the verdict is the condition GatePassed. "
                + "Default: no gate.")
        Gate gate,
    @JsonPropertyDescription("Seed of the bootstrap. Default: 42.") @Default("42") Long seed) {

  /** Fills the schema's defaults. */
  public EvaluationRecipe {
    bootstrap = bootstrap == null ? new Bootstrap(null, null) : bootstrap;
    batchTokens = batchTokens == null ? 8192 : batchTokens;
    seed = seed == null ? 42L : seed;
  }

  /** The model compared with. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.uri) != has(self.continualPretrainRef)",
      message = "set exactly one of uri and continualPretrainRef")
  public record Base(
      @JsonPropertyDescription("Name of the model in tables. Default: base.")
          @Default("base")
          @Pattern("^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$")
          @Size(min = 1, max = 63)
          String name,
      @JsonPropertyDescription("Folder of the model: s3://, file:// or hf://owner/name@revision.")
          @Pattern("^(s3|file|hf)://.+$")
          @Size(max = 1024)
          String uri,
      @JsonPropertyDescription("The ContinualPretrain whose tuned model is taken.")
          LocalRef continualPretrainRef) {

    /** Fills the schema's default. */
    public Base {
      name = name == null ? "base" : name;
    }
  }

  /** A model compared. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.uri) != has(self.continualPretrainRef)",
      message = "set exactly one of uri and continualPretrainRef")
  public record Candidate(
      @JsonPropertyDescription("Name of the model in tables.")
          @Required
          @Pattern("^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$")
          @Size(min = 1, max = 63)
          String name,
      @JsonPropertyDescription("Folder of the model: s3://, file:// or hf://owner/name@revision.")
          @Pattern("^(s3|file|hf)://.+$")
          @Size(max = 1024)
          String uri,
      @JsonPropertyDescription("The ContinualPretrain whose tuned model is taken.")
          LocalRef continualPretrainRef) {}

  /** The tasks of japanese-lm-fin-harness. */
  public enum TaskName {
    @JsonProperty("chabsa")
    CHABSA,
    @JsonProperty("cma_basics")
    CMA_BASICS,
    @JsonProperty("cpa_audit")
    CPA_AUDIT,
    @JsonProperty("fp2")
    FP2,
    @JsonProperty("security_sales_1")
    SECURITY_SALES_1
  }

  /** One task. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Task(
      @JsonPropertyDescription("Name of the task.") @Required TaskName name,
      @JsonPropertyDescription("Version of the prompt. Default: the task's default prompt.")
          @Size(min = 1, max = 63)
          String promptVersion,
      @JsonPropertyDescription("Score only the first so many documents. Default: all.") @Min(1)
          Integer limit) {}

  /** The paired bootstrap. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bootstrap(
      @JsonPropertyDescription("Number of resamples. Default: 10000.")
          @Default("10000")
          @Min(100)
          @Max(100000)
          Integer resamples,
      @JsonPropertyDescription("Level of the interval, 0.5 to 0.999. Default: 0.95.")
          @Default("0.95")
          @Min(0.5)
          @Max(0.999)
          Double confidence) {

    /** Fills the schema's defaults. */
    public Bootstrap {
      resamples = resamples == null ? 10000 : resamples;
      confidence = confidence == null ? 0.95 : confidence;
    }
  }

  /** Greedy answers. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Generation(
      @JsonPropertyDescription("Prompts that every model answers.")
          @Required
          @Size(min = 1, max = 50)
          List<@Size(min = 1, max = 8192) String> prompts,
      @JsonPropertyDescription("Longest answer, in tokens. Default: 128.")
          @Default("128")
          @Min(1)
          @Max(1024)
          Integer maxNewTokens) {

    /** Fills the schema's default. */
    public Generation {
      maxNewTokens = maxNewTokens == null ? 128 : maxNewTokens;
    }
  }

  /** What the first candidate must reach. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Gate(
      @JsonPropertyDescription(
              "Least difference of the overall score (candidate minus base, -1 to 1). Default: 0.")
          @Default("0")
          @Min(-1)
          @Max(1)
          Double minDelta,
      @JsonPropertyDescription(
              "The lower end of the interval must reach minDelta too. Default: false.")
          @Default("false")
          Boolean significant) {

    /** Fills the schema's defaults. */
    public Gate {
      minDelta = minDelta == null ? 0.0 : minDelta;
      significant = significant != null && significant;
    }
  }
}
