package dev.keizoku.crd.v1alpha1.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.keizoku.contract.eval.ApiModel;
import dev.keizoku.contract.eval.Completions;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.eval.EvalRun.Bootstrap;
import dev.keizoku.contract.eval.EvalRun.Passes;
import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.Generation;
import dev.keizoku.contract.eval.Judge;
import dev.keizoku.contract.eval.Presentation;
import dev.keizoku.contract.eval.Questions;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.contract.setting.Defaults;
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
@JsonDeserialize(using = FlatRecord.class)
@ValidationRule(value = EvalRun.NAMES_CEL, message = EvalRun.NAMES, fieldPath = ".candidates")
@ValidationRule(
    value = EvalRun.BASE_NAME_CEL,
    message = EvalRun.BASE_NAME,
    fieldPath = ".candidates")
@ValidationRule(value = Questions.TASKS_CEL, message = Questions.TASKS, fieldPath = ".tasks")
@ValidationRule(value = Questions.PROMPTS_CEL, message = Questions.PROMPTS, fieldPath = ".tasks")
@ValidationRule(value = Generation.CHAT_CEL, message = Generation.CHAT, fieldPath = ".generation")
@ValidationRule(value = EvalRun.TEMPLATE_CEL, message = EvalRun.TEMPLATE, fieldPath = ".chat")
@ValidationRule(
    value =
        "!has(self.perplexity) || self.perplexity.all(c,"
            + " self.perplexity.exists_one(d, d.corpusRef.name == c.corpusRef.name))",
    message = EvalRun.CORPORA,
    fieldPath = ".perplexity")
public record EvaluationRecipe(
    @JsonPropertyDescription("The model that the others are compared with.") @Required Base base,
    @JsonPropertyDescription("The models compared with it; the first fills the columns.")
        @Required
        @Size(min = 1, max = 8)
        List<Candidate> candidates,
    @JsonUnwrapped Questions questions,
    @JsonPropertyDescription(
            "Corpora of whose held-out documents every model says how likely it finds them: bits a "
                + "character, nats a token, paired by document. Not in the mean over the tasks. "
                + "Default: none.")
        @Size(max = 8)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<HeldOut> perplexity,
    @JsonPropertyDescription("The paired bootstrap of the difference.") @Default("{}")
        Bootstrap bootstrap,
    @JsonPropertyDescription(
            "Answers of all models to the same prompts, side by side. Default: none.")
        Generation generation,
    @JsonPropertyDescription(
            "A model behind an endpoint that compares the answers of each candidate with the base "
                + "model's, by a rubric, in both orders: what they wrote in generate_until tasks "
                + "and in generation. Default: none.")
        JudgeModel judge,
    @JsonUnwrapped Passes passes,
    @JsonPropertyDescription(
            "What every candidate must reach; the verdict is the condition GatePassed: True (pass),"
                + " False (block) or Unknown (these questions do not tell). Default: no gate.")
        Gate gate,
    @JsonUnwrapped Seed randomness,
    @JsonUnwrapped Presentation presentation) {

  /** Fills the schema's defaults. */
  public EvaluationRecipe {
    perplexity = perplexity == null ? List.of() : perplexity;
    questions = questions == null ? new Questions(null, null, null, null) : questions;
    bootstrap = Defaults.of(EvaluationRecipe.class, "bootstrap", bootstrap);
    passes = passes == null ? new Passes(null, null, null, null, null) : passes;
    randomness = randomness == null ? new Seed(null) : randomness;
    presentation = presentation == null ? new Presentation(null) : presentation;
  }

  /** The judge, and who knows its key. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(value = Judge.RUBRIC_CEL, message = Judge.RUBRIC)
  public record JudgeModel(
      @JsonUnwrapped Judge settings,
      @JsonPropertyDescription(
              "The endpoint's key, in a Secret of this namespace: mounted as a file into the run's "
                  + "pod, sent to the endpoint, written nowhere. Default: no key.")
          ApiKeyRef apiKeySecretRef) {}

  /** A key of an endpoint. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ApiKeyRef(
      @JsonPropertyDescription("Name of the Secret.") @Required @Size(min = 1, max = 253)
          String name,
      @JsonPropertyDescription("Which of its entries. Default: apiKey.")
          @Pattern("^[-._a-zA-Z0-9]+$")
          @Size(min = 1, max = 253)
          String key) {

    /** Fills the default, which no schema may: it is in an item of a list too. */
    public ApiKeyRef {
      key = key == null ? "apiKey" : key;
    }
  }

  /** A corpus whose held-out documents are scored. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record HeldOut(
      @JsonPropertyDescription("The FinCorpus; its version is pinned at the start.") @Required
          LocalRef corpusRef,
      @JsonPropertyDescription(
              "Whether it is text that a model may forget, not text that it was trained for. "
                  + "Default: false.")
          Boolean general,
      @JsonPropertyDescription("Score only the first so many documents. Default: all.")
          @Min(1)
          @Max(1000000000)
          Integer limit) {}

  /** The model compared with. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.uri) != has(self.continualPretrainRef)",
      message = "set exactly one of uri and continualPretrainRef")
  public record Base(
      @JsonPropertyDescription("Name of the model in tables.")
          @Default("base")
          @Pattern(EvalRun.MODEL_NAME)
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
      name = Defaults.of(Base.class, "name", name);
    }
  }

  /** A model compared. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "[has(self.uri), has(self.continualPretrainRef), has(self.api)].filter(s, s).size() == 1",
      message = "set exactly one of uri, continualPretrainRef and api")
  public record Candidate(
      @JsonPropertyDescription("Name of the model in tables.")
          @Required
          @Pattern(EvalRun.MODEL_NAME)
          @Size(min = 1, max = 63)
          String name,
      @JsonPropertyDescription("Folder of the model: s3://, file:// or hf://owner/name@revision.")
          @Pattern("^(s3|file|hf)://.+$")
          @Size(max = 1024)
          String uri,
      @JsonPropertyDescription("The ContinualPretrain whose tuned model is taken.")
          LocalRef continualPretrainRef,
      @JsonPropertyDescription(
              "A model behind an endpoint, in place of one that is loaded: it writes answers, and "
                  + "where completions is set it tells log-likelihoods too.")
          EndpointModel api) {}

  /** A model behind an endpoint, and who knows its key. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EndpointModel(
      @JsonUnwrapped ApiModel settings,
      @JsonPropertyDescription(
              "The endpoint also serves completions with echo and logprobs, as vLLM does "
                  + "(local-completions of lm-eval): choices, continuations and held-out documents "
                  + "are scored there; {} takes the defaults. Default: it writes answers only, so "
                  + "all tasks are generate_until, and there is no perplexity.")
          Completions completions,
      @JsonPropertyDescription(
              "The endpoint's key, in a Secret of this namespace: mounted as a file into the run's "
                  + "pod, sent to the endpoint, written nowhere. Default: no key.")
          ApiKeyRef apiKeySecretRef) {}
}
