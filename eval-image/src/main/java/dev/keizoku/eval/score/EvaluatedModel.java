package dev.keizoku.eval.score;

import ai.djl.Device;
import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.llm.model.ModelConfig;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.LoadedModel;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.ModelTokenizer;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.Locale;

/** A model with its tokenizer, loaded; closed by the thread that loads it. */
public final class EvaluatedModel implements AutoCloseable {
  private final ScoredModel identity;
  private final Tokenizer tokenizer;
  private final LoadedModel loaded;
  private final DecoderPool decoders;

  private EvaluatedModel(
      ScoredModel identity, Tokenizer tokenizer, LoadedModel loaded, int threads) {
    this.identity = identity;
    this.tokenizer = tokenizer;
    this.loaded = loaded;
    this.decoders = new DecoderPool(loaded, threads);
  }

  /**
   * Looks whether a model can be loaded, without its weights: before hours of scoring another one.
   *
   * @throws RunFault exit 42 when it cannot or is not the pinned one
   */
  public static ModelConfig check(ObjectStore store, EvalRun.Model model) {
    var folder = ModelFolder.open(store, StoreUri.parse(model.uri()), model.sha256());
    tokenizer(folder).close();
    return folder.config();
  }

  /**
   * Loads a model, in the number format that its configuration names.
   *
   * @param threads that will use it at once
   * @throws RunFault as {@link #check}
   */
  public static EvaluatedModel load(
      ObjectStore store, EvalRun.Model model, ScoredModel identity, Device device, int threads) {
    var folder = ModelFolder.open(store, StoreUri.parse(model.uri()), model.sha256());
    var tokenizer = tokenizer(folder);
    var loaded = LoadedModel.load(folder.config(), folder, device, type(folder));
    return new EvaluatedModel(identity, tokenizer, loaded, threads);
  }

  private static Tokenizer tokenizer(ModelFolder folder) {
    var tokenizer = ModelTokenizer.load(folder);
    if (tokenizer.vocabSize() <= folder.config().vocabularySize()) {
      return tokenizer;
    }
    tokenizer.close();
    throw RunFault.userError(
        Reason.TOKENIZER_MISMATCH,
        String.format(
            Locale.ROOT,
            "The tokenizer of %s has %,d tokens and its model %,d; give the tokenizer that the model was trained with.",
            folder.uri(),
            tokenizer.vocabSize(),
            folder.config().vocabularySize()));
  }

  /** As lm-evaluation-harness' {@code dtype=auto}; half precision is widened, as CPUs lack it. */
  private static DataType type(ModelFolder folder) {
    var json = folder.configJson();
    var name = json.getOrDefault("dtype", json.get("torch_dtype"));
    return "bfloat16".equals(name) ? DataType.BFLOAT16 : DataType.FLOAT32;
  }

  /** Which model it is. */
  public ScoredModel identity() {
    return identity;
  }

  /** Its tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Its configuration. */
  public ModelConfig config() {
    return loaded.config();
  }

  /** Threads that predict with it. */
  public DecoderPool decoders() {
    return decoders;
  }

  @Override
  public void close() {
    loaded.close();
    tokenizer.close();
  }
}
