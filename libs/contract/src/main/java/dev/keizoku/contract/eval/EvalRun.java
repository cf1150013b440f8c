package dev.keizoku.contract.eval;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.run.Seed;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the evaluator program is told: the settings of a BenchmarkEval as they stand in its spec,
 * with URIs in place of references.
 *
 * @param runUid identity of this run, echoed in progress and report
 * @param name name of the evaluation, {@code namespace/name} in a cluster
 * @param storage the object store
 * @param output URI under which {@code results.json}, {@code samples.jsonl}, {@code report.html}
 *     and, last, {@code manifest.json} are written
 * @param base the model that the others are compared with
 * @param candidates one or more models
 * @param questions what the models are asked; its fields lie among those of the run
 * @param perplexity held-out documents of corpora; null means none
 * @param bootstrap the paired interval
 * @param generation answers written side by side; null means none
 * @param judge compares the written answers; null means none
 * @param gate what every candidate must reach; null means no gate
 * @param passes how the models are asked; its fields lie among those of the run
 * @param randomness seed of the bootstrap; its field lies among those of the run
 * @param presentation for whom the page is written; its field lies among those of the run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvalRun(
    String runUid,
    @Default("evaluation") String name,
    StorageSpec storage,
    @Required String output,
    @Required Model base,
    @Required @Size(min = 1, max = 8) List<Model> candidates,
    @JsonUnwrapped Questions questions,
    @Size(max = 8) @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HeldOutText> perplexity,
    @Default("{}") Bootstrap bootstrap,
    Generation generation,
    Judge.Order judge,
    Gate gate,
    @JsonUnwrapped Passes passes,
    @JsonUnwrapped Seed randomness,
    @JsonUnwrapped Presentation presentation)
    implements Ruled {

  /** Form of a model's name in tables. */
  public static final String MODEL_NAME = "^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$";

  /** Sentence of the rule that a candidate is known by its name. */
  public static final String NAMES = "every candidate needs a name of its own";

  /** The same as the API server asks it. */
  public static final String NAMES_CEL =
      "self.candidates.all(c, self.candidates.exists_one(d, d.name == c.name))";

  /** Sentence of the rule that base and candidates are told apart. */
  public static final String BASE_NAME = "no candidate may have the base model's name";

  /** The same as the API server asks it. */
  public static final String BASE_NAME_CEL = "self.candidates.all(c, c.name != self.base.name)";

  /** Sentence of the rule that candidates are compared with a model that is loaded. */
  public static final String BASE_WEIGHTS = "the base model has a uri";

  /** Sentence of the rule that a corpus is scored once. */
  public static final String CORPORA = "every corpus may be listed once in perplexity";

  /** Sentence of the rule that the chat template is that of a model of the run. */
  public static final String TEMPLATE = "chat.templateOf names the base model or a candidate";

  /** The same as the API server asks it. */
  public static final String TEMPLATE_CEL =
      "!has(self.chat) || !has(self.chat.templateOf) || self.chat.templateOf == self.base.name"
          + " || self.candidates.exists(c, c.name == self.chat.templateOf)";

  /** Fills the defaults. */
  public EvalRun {
    name = Defaults.of(EvalRun.class, "name", name);
    perplexity = perplexity == null ? List.of() : perplexity;
    questions = questions == null ? new Questions(null, null, null, null) : questions;
    bootstrap = Defaults.of(EvalRun.class, "bootstrap", bootstrap);
    passes = passes == null ? new Passes(null, null, null, null, null) : passes;
    randomness = randomness == null ? new Seed(null) : randomness;
    presentation = presentation == null ? new Presentation(null) : presentation;
  }

  /** Level of the gate's one-sided ends, which are taken without a gate too: it may come later. */
  public double alpha() {
    return (gate == null ? new Gate(null, null, null, null, null, null) : gate).alpha();
  }

  @Override
  public Map<String, Boolean> rules() {
    var rules = new LinkedHashMap<String, Boolean>();
    rules.put(NAMES, candidates.stream().map(Model::name).distinct().count() == candidates.size());
    rules.put(BASE_NAME, candidates.stream().noneMatch(c -> c.name().equals(base.name())));
    var corpora = perplexity.stream().map(HeldOutText::name).distinct().count();
    rules.put(CORPORA, corpora == perplexity.size());
    rules.put(TEMPLATE, templateModel() != null);
    rules.put(BASE_WEIGHTS, base.uri() != null && base.api() == null);
    rules.put(
        Model.PLACE,
        candidates.stream().allMatch(model -> (model.uri() == null) != (model.api() == null)));
    rules.put(
        Judge.RUBRIC,
        judge == null
            || (judge.settings().rubric() == null) != (judge.settings().rubricUri() == null));
    rules.put(
        Generation.CHAT, generation == null || !generation.asked() || questions.chat() != null);
    return rules;
  }

  /** The same with the judge's rubric, which stood in a file. */
  public EvalRun withRubric(String text) {
    return new EvalRun(
        runUid,
        name,
        storage,
        output,
        base,
        candidates,
        questions,
        perplexity,
        bootstrap,
        generation,
        new Judge.Order(judge.settings().with(text), judge.keyFile()),
        gate,
        passes,
        randomness,
        presentation);
  }

  /**
   * The model whose chat template is taken; the base model where none is named.
   *
   * @return null when no model has that name
   */
  public Model templateModel() {
    var named = questions.chat() == null ? null : questions.chat().templateOf();
    return named == null || named.equals(base.name())
        ? base
        : candidates.stream()
            .filter(c -> c.name().equals(named) && c.uri() != null)
            .findFirst()
            .orElse(null);
  }

  /**
   * A model in Hugging Face layout.
   *
   * @param name how it is called in tables; unique in the run
   * @param uri folder with {@code config.json}, {@code tokenizer.json} and {@code *.safetensors}:
   *     {@code s3://}, {@code file://} or {@code hf://owner/name@revision}
   * @param sha256 digest of its {@code manifest.json}; null is not checked
   * @param api the endpoint that it is behind, in place of a folder; null for one that is loaded
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(
      @Required @Pattern(MODEL_NAME) @Size(min = 1, max = 63) String name,
      String uri,
      String sha256,
      ApiModel.Order api) {

    /** Sentence of the rule that a model is somewhere. */
    public static final String PLACE = "a model has a uri or an api, not both";

    /** A model whose weights are at hand. */
    public Model(String name, String uri, String sha256) {
      this(name, uri, sha256, null);
    }
  }

  /** How the models are asked. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Passes(
      @JsonPropertyDescription(
              "Tokens that are fed at a time, by all threads of a device together; more may be"
                  + " faster and needs more memory.")
          @Default("8192")
          @Min(128)
          @Max(16777216)
          Integer batchTokens,
      @JsonPropertyDescription(
              "Number type that all models are run in. Default: the narrowest that holds the"
                  + " weights of every one of them as they are stored.")
          NumberType dtype,
      @JsonPropertyDescription(
              "Whether every question and prompt begins with the tokenizer's BOS token"
                  + " (add_bos_token of lm-eval, where the default is false). Default: what each"
                  + " model's tokenizer itself does, by add_bos_token of tokenizer_config.json,"
                  + " else by the template of tokenizer.json.")
          Boolean addBosToken,
      @JsonPropertyDescription(
              "GPUs that score side by side, each with a whole copy of the model; of a model that is "
                  + "larger than one of them, a copy's layers lie one after another on as few as "
                  + "it fits. 0 is the processors. Default: the GPUs that podTemplate asks for, and outside of a "
                  + "cluster those that are there.")
          @Min(0)
          @Max(64)
          Integer devices,
      @JsonPropertyDescription(
              "Folder of the scores of single questions, which runs share: what a model was asked"
                  + " before, by any of them, is not asked again. They are kept as long as the"
                  + " bucket keeps them. Default: scores beside the namespace's other artifacts,"
                  + " and outside of a cluster beside those of the run.")
          @Pattern("^(s3|file)://.+$")
          @Size(max = 1024)
          String scores) {

    /** Fills the default. */
    public Passes {
      batchTokens = Defaults.of(Passes.class, "batchTokens", batchTokens);
    }

    /**
     * The same where a cluster says more.
     *
     * @param gpus of the pod
     * @param folder of the scores where none is named
     */
    public Passes in(int gpus, String folder) {
      return new Passes(batchTokens, dtype, addBosToken, gpus, scores == null ? folder : scores);
    }
  }

  /** Number types that models are run in. */
  public enum NumberType {
    @JsonProperty("float32")
    FLOAT32,
    @JsonProperty("bfloat16")
    BFLOAT16
  }

  /** The paired bootstrap. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Bootstrap(
      @JsonPropertyDescription("Number of resamples.") @Default("10000") @Min(100) @Max(100000)
          Integer resamples,
      @JsonPropertyDescription("Level of the interval, 0.5 to 0.999.")
          @Default("0.95")
          @Min(0.5)
          @Max(0.999)
          Double confidence,
      @JsonPropertyDescription(
              "Difference of a score that is as good as none, 0 to 1 (0.02: two points in a"
                  + " hundred). Default: none is stated, and nothing is called as good or not"
                  + " worse.")
          @Min(0)
          @Max(1)
          Double margin) {

    /** Fills the schema's defaults. */
    public Bootstrap {
      resamples = Defaults.of(Bootstrap.class, "resamples", resamples);
      confidence = Defaults.of(Bootstrap.class, "confidence", confidence);
    }
  }
}
