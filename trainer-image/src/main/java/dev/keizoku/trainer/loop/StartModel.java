package dev.keizoku.trainer.loop;

import dev.keizoku.contract.bytes.Digests;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.ModelTokenizer;
import dev.keizoku.llm.weights.RandomWeights;
import dev.keizoku.llm.weights.WeightSource;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.Tokenizer;
import dev.keizoku.tokenizer.TokenizerFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What training begins from, and what of it goes into the tuned model unchanged.
 *
 * @param config the model
 * @param configJson its {@code config.json}
 * @param weights start values
 * @param files tokenizer and other small files, by name
 */
record StartModel(
    ModelConfig config,
    Map<String, Object> configJson,
    WeightSource weights,
    Map<String, byte[]> files) {
  private static final String GENERATION = "generation_config.json";

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
    return new StartModel(folder.config(), folder.configJson(), folder, files(store, folder.uri()));
  }

  private static StartModel random(TrainRun run, ObjectStore store) {
    var json = new LinkedHashMap<>(run.initialize().config());
    var deviation =
        json.getOrDefault("initializer_range", 0.02) instanceof Number number
            ? number.doubleValue()
            : 0.02;
    var tokenizer = StoreUri.parse(run.initialize().tokenizer());
    var files =
        files(
            store, TokenizerFiles.isVocabulary(tokenizer.name()) ? tokenizer.parent() : tokenizer);
    if (json.get("vocab_size") == null) {
      json.put("vocab_size", vocabularySize(files));
    }
    return new StartModel(
        ModelConfig.of(json), json, new RandomWeights(run.training().seed(), deviation), files);
  }

  private static int vocabularySize(Map<String, byte[]> files) {
    try (var tokenizer = ModelTokenizer.load(files)) {
      return tokenizer.vocabSize();
    }
  }

  /** Opens the model's tokenizer. */
  Tokenizer tokenizer() {
    return ModelTokenizer.load(files);
  }

  private static Map<String, byte[]> files(ObjectStore store, StoreUri folder) {
    var files = new TreeMap<String, byte[]>();
    var names = new ArrayList<>(TokenizerFiles.READ);
    names.addAll(TokenizerFiles.PASSED_ON);
    names.add(GENERATION);
    for (var name : names) {
      var uri = folder.child(name);
      if (store.stat(uri).isPresent()) {
        files.put(name, store.read(uri));
      }
    }
    if (!TokenizerFiles.complete(files.keySet())) {
      throw RunFault.userError(
          Reason.TOKENIZER_NOT_FOUND,
          folder + " has no tokenizer.json; give a folder that has the model's tokenizer.");
    }
    return files;
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

  /** SHA-256 of the vocabulary, as corpus manifests name it. */
  String tokenizerSha256() {
    return Digests.sha256(
        files.getOrDefault(TokenizerFiles.JSON, files.get(TokenizerFiles.TIKTOKEN)));
  }
}
