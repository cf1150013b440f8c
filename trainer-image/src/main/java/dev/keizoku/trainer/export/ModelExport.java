package dev.keizoku.trainer.export;

import dev.keizoku.contract.bytes.Json;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.train.Training;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.weights.ModelWriter;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.llm.weights.safetensors.FloatFormat;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.MadeFrom;
import dev.keizoku.trainer.report.ModelCard;
import dev.keizoku.trainer.report.RunLogs;
import dev.keizoku.trainer.report.RunSummary;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the tuned model, {@code <output>/model/}, in the Hugging Face layout. */
public final class ModelExport {
  private final RunSummary summary;
  private final ExportedModel model;
  private final int eosId;
  private final Clock clock;

  /**
   * @param eosId of the corpora; goes into a configuration that names none
   * @param clock for the name of the event file
   */
  public ModelExport(RunSummary summary, ExportedModel model, int eosId, Clock clock) {
    this.clock = clock;
    this.summary = summary;
    this.model =
        keepsWords(summary.run().training(), model.config()) ? model : QwenAsQwen2.of(model);
    this.eosId = eosId;
  }

  /**
   * Whether a model keeps the architecture of its base, and with it the code that this names.
   *
   * @param training says what the model is exported as
   * @param config of the base model
   */
  public static boolean keepsWords(Training training, ModelConfig config) {
    return training.exportAs() == Training.ExportAs.BASE || !config.family().ownWords();
  }

  /** The format of the exported numbers. */
  public static FloatFormat format(Training training) {
    return training.exportPrecision() == Training.Precision.BF16
        ? FloatFormat.BF16
        : FloatFormat.F32;
  }

  /** Writes everything, the manifest last. */
  public Artifact write(ObjectStore store, WeightSource weights, RunLogs logs) {
    var run = summary.run();
    var folder = new ArtifactFolder(store, StoreUri.parse(run.output()).child("model"));
    var training = run.training();
    var half = format(training) == FloatFormat.BF16;
    new ModelWriter(folder, format(training)).write(ModelLayout.of(model.config()), weights);
    folder.put("config.json", Json.bytes(config(half)));
    model.files().forEach(folder::put);
    if (!model.files().containsKey(BaseFiles.GENERATION)) {
      folder.put(BaseFiles.GENERATION, Json.bytes(Map.of("eos_token_id", eosId)));
    }
    logs.files(summary, clock).forEach(folder::put);
    folder.put("README.md", ModelCard.markdown(summary));
    var properties = new TreeMap<>(madeFrom().properties());
    properties.put("run", run.name());
    properties.put("steps", String.valueOf(summary.steps()));
    properties.put("exportedStep", String.valueOf(summary.exportedStep()));
    properties.put("tokens", String.valueOf(summary.tokens()));
    return folder.commit("model", summary.tool(), properties);
  }

  /** Who evaluates the model looks there for the questions that it has seen. */
  private MadeFrom madeFrom() {
    var base = summary.run().baseModel();
    var corpora = new LinkedHashMap<String, MadeFrom.Source>();
    for (var corpus : summary.run().data()) {
      var digest = summary.corpora().get(corpus.name());
      corpora.put(corpus.name(), new MadeFrom.Source(corpus.uri(), digest));
    }
    return new MadeFrom(
        base == null ? null : new MadeFrom.Source(base.uri(), base.sha256()), corpora);
  }

  // Says what was left to defaults, which differ from family to family.
  private Map<String, Object> config(boolean half) {
    var json = new LinkedHashMap<>(model.configJson());
    json.remove("dtype");
    json.put("torch_dtype", half ? "bfloat16" : "float32");
    if (model.config().family().ownWords()) {
      return json;
    }
    json.putIfAbsent("num_key_value_heads", model.config().keyValueHeads());
    json.putIfAbsent("head_dim", model.config().headSize());
    json.putIfAbsent("tie_word_embeddings", model.config().tiedEmbeddings());
    json.putIfAbsent("architectures", List.of(model.config().family().architecture()));
    json.putIfAbsent("hidden_act", "silu");
    json.putIfAbsent("max_position_embeddings", model.config().maxPositions());
    json.putIfAbsent("rms_norm_eps", model.config().normEpsilon());
    json.putIfAbsent("eos_token_id", eosId);
    return json;
  }
}
