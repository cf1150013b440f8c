package dev.keizoku.contract.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.contract.setting.Defaults;
import dev.keizoku.contract.setting.Ruled;
import dev.keizoku.contract.setting.Translated;
import dev.keizoku.contract.train.Parallelism.DeviceType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the trainer program is told: the settings of a ContinualPretrain as they stand in its spec,
 * with URIs in place of references. Exactly one of {@code baseModel} and {@code initialize} is set.
 *
 * @param runUid identity of this run (the same over all attempts), echoed in progress and report
 * @param name name of the run, {@code namespace/name} in a cluster, else {@code training}
 * @param storage the object store
 * @param output URI under which {@code checkpoints/} and {@code model/} are written
 * @param baseModel the model to continue from
 * @param initialize start from random weights instead
 * @param data what is trained on, at least one
 * @param evaluation further held-out sets whose perplexity is reported (the held-out splits of
 *     {@code data} always are)
 * @param training batch, length and schedule; its fields lie among those of the run
 * @param optimizer AdamW's constants
 * @param parallelism devices and sharding
 * @param checkpoint when checkpoints are written and how many are kept
 * @param guards what stops or turns a run that goes wrong
 * @param packing how documents share a sequence
 * @param samplePrompts beginnings that the model continues at the start and at each evaluation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainRun(
    String runUid,
    @Default("training") String name,
    StorageSpec storage,
    @Required String output,
    Model baseModel,
    Initialize initialize,
    @Required @Size(min = 1, max = 32) List<Data> data,
    @Size(max = 16) List<Data> evaluation,
    @JsonUnwrapped Training training,
    @Default("{}") Optimizer optimizer,
    @Default("{}") Parallelism parallelism,
    @Default("{}") Checkpoint checkpoint,
    @Default("{}") Guards guards,
    @Default("{}") Packing packing,
    @Default("{}") SamplePrompts samplePrompts)
    implements Ruled {

  static final String ONE_START = "set exactly one of baseModel and initialize";
  static final String ONE_CORPUS_A_NAME = "data and evaluation give one name to two corpora";

  /** Fills the defaults. */
  public TrainRun {
    name = Defaults.of(TrainRun.class, "name", name);
    evaluation = evaluation == null ? List.of() : evaluation;
    optimizer = Defaults.of(TrainRun.class, "optimizer", optimizer);
    parallelism = Defaults.of(TrainRun.class, "parallelism", parallelism);
    checkpoint = Defaults.of(TrainRun.class, "checkpoint", checkpoint);
    guards = Defaults.of(TrainRun.class, "guards", guards);
    packing = Defaults.of(TrainRun.class, "packing", packing);
    samplePrompts = Defaults.of(TrainRun.class, "samplePrompts", samplePrompts);
  }

  /** The same run with its ranks on devices of that type. */
  public TrainRun on(DeviceType type) {
    return new TrainRun(
        runUid,
        name,
        storage,
        output,
        baseModel,
        initialize,
        data,
        evaluation,
        training,
        optimizer,
        parallelism.on(type),
        checkpoint,
        guards,
        packing,
        samplePrompts);
  }

  @Override
  public Map<String, Boolean> rules() {
    var rules = TrainRules.of(this);
    rules.put(ONE_START, (baseModel == null) != (initialize == null));
    // Where a name stands for two corpora, that of data would be measured, whatever is meant.
    rules.put(
        ONE_CORPUS_A_NAME,
        evaluation.stream()
            .allMatch(
                set ->
                    data.stream()
                        .noneMatch(
                            d -> d.name().equals(set.name()) && !d.uri().equals(set.uri()))));
    return rules;
  }

  /** The names of all corpora. */
  Set<String> names() {
    return Stream.concat(data.stream(), evaluation.stream())
        .map(Data::name)
        .collect(Collectors.toSet());
  }

  /**
   * A model in Hugging Face layout.
   *
   * @param uri folder with {@code config.json}, {@code tokenizer.json} and {@code *.safetensors}:
   *     {@code s3://}, {@code file://} or {@code hf://owner/name@revision}
   * @param sha256 digest of its {@code manifest.json} when it is one of ours, else null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(@Required String uri, String sha256) {}

  /**
   * A start from nothing.
   *
   * @param config Hugging Face {@code config.json} as a map ({@code model_type}, {@code
   *     hidden_size}, ...)
   * @param tokenizer URI of a folder that holds {@code tokenizer.json}
   */
  public record Initialize(@Required Map<String, Object> config, @Required String tokenizer)
      implements Translated {

    /** The limits of the resource's fields hold for the families that it can name. */
    @Override
    public Map<String, Record> translated() {
      return config == null
          ? Map.of()
          : NewModel.of(config)
              .<Map<String, Record>>map(model -> Map.of("config", model))
              .orElse(Map.of());
    }
  }

  /**
   * A corpus version.
   *
   * @param name how it is called in reports, unique in its list
   * @param uri URI of the version's {@code manifest.json}
   * @param sha256 digest of that manifest; null is not checked
   * @param share its part of the training; its field lies among these
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Data(
      @Required String name, @Required String uri, String sha256, @JsonUnwrapped Share share) {

    /** Without a share the corpus is mixed in by its tokens. */
    public Data {
      share = share == null ? Share.BY_TOKENS : share;
    }

    /** Relative weight in each batch, above 0; null for a share by tokens. */
    public Double weight() {
      return share.weight();
    }
  }
}
