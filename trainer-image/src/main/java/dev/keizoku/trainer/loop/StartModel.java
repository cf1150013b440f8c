package dev.keizoku.trainer.loop;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.storage.HubUri;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.TokenizerFiles;
import dev.keizoku.tokenizer.Tokenizers;
import dev.keizoku.trainer.export.BaseFiles;
import dev.keizoku.trainer.export.ExportedModel;
import dev.keizoku.trainer.export.ModelExport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training begins from, and what of it goes into the tuned model unchanged.
 *
 * @param config the model
 * @param configJson its {@code config.json}
 * @param weights start values
 * @param files tokenizer and other small files, by name
 * @param tokenizer what is in those files
 */
record StartModel(
    ModelConfig config,
    Map<String, Object> configJson,
    WeightSource weights,
    Map<String, byte[]> files,
    TokenizerFacts tokenizer) {
  /**
   * Opens the base model, of which no weight is read yet, or makes the start from nothing that the
   * run asks for.
   */
  static StartModel of(TrainRun run, ObjectStore store) {
    return run.baseModel() == null ? random(run, store) : base(run, store);
  }

  private static StartModel base(TrainRun run, ObjectStore store) {
    var folder =
        ModelFolder.open(store, StoreUri.parse(run.baseModel().uri()), run.baseModel().sha256());
    var needsCode =
        folder.configJson().containsKey("auto_map")
            && ModelExport.keepsWords(run.training(), folder.config());
    var files = BaseFiles.ofModel(store, folder.uri(), needsCode);
    return new StartModel(
        folder.config(),
        folder.configJson(),
        folder,
        files,
        TokenizerFacts.of(files, folder.uri(), run.training().addBosToken()));
  }

  private static StartModel random(TrainRun run, ObjectStore store) {
    var json = new LinkedHashMap<>(run.initialize().config());
    var deviation =
        json.getOrDefault("initializer_range", 0.02) instanceof Number number
            ? number.doubleValue()
            : 0.02;
    var tokenizer = StoreUri.parse(run.initialize().tokenizer());
    var folder = TokenizerFiles.isVocabulary(tokenizer.name()) ? tokenizer.parent() : tokenizer;
    var files = BaseFiles.ofTokenizer(store, folder);
    var facts = TokenizerFacts.of(files, folder, run.training().addBosToken());
    if (json.get("vocab_size") == null) {
      json.put("vocab_size", facts.vocabSize());
    }
    var weights = new RandomWeights(run.training().seed(), deviation);
    return new StartModel(ModelConfig.of(json), json, weights, files, facts);
  }

  /** Opens the model's tokenizer. */
  Tokenizer openTokenizer() {
    return Tokenizers.of(files, "The model's folder");
  }

  /** What its tuned model is written from. */
  ExportedModel exported() {
    return new ExportedModel(config, configJson, files);
  }

  /**
   * Reads the begin of every tensor of a base model.
   *
   * @throws RunFault user error {@code WeightsNotFinite} that names the tensor
   */
  void checkWeights() {
    if (weights instanceof ModelFolder folder) {
      folder.checkWeights();
    }
  }

  /** Bytes that are read to load it; those that are made up count as fp32. */
  long weightBytes() {
    return weights instanceof ModelFolder folder
        ? folder.weightBytes()
        : Float.BYTES * config.parameters();
  }

  /** Bytes that come from the store; a hub's files are read once more for their digests. */
  long readBytes() {
    return weights instanceof ModelFolder folder
        ? (folder.uri() instanceof HubUri ? 2 : 1) * folder.weightBytes()
        : 0;
  }

  /**
   * Checks that sequences of that length have a position for each token.
   *
   * @throws RunFault user error {@code SequenceTooLong}
   */
  void requirePositions(int sequenceLength) {
    requirePositions(config, sequenceLength);
  }

  /** The same of a configuration alone. */
  static void requirePositions(ModelConfig config, int sequenceLength) {
    if (sequenceLength > config.maxPositions()) {
      throw RunFault.userError(
          Reason.SEQUENCE_TOO_LONG,
          "sequenceLength is %d, but the model has %d positions (max_position_embeddings); shorten it."
              .formatted(sequenceLength, config.maxPositions()));
    }
  }
}
