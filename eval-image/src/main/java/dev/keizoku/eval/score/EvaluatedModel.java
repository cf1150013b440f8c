package dev.keizoku.eval.score;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.generate.LoadedModel;
import dev.keizoku.llm.torch.DataType;
import dev.keizoku.llm.weights.EndTokens;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A model, loaded, with a tokenizer that is lent to it; closed by the thread that loads it. */
public final class EvaluatedModel implements AutoCloseable {
  private final ScoredModel identity;
  private final Tokenizer tokenizer;
  private final TextStart start;
  private final List<LoadedModel> loaded;
  private final Placement placement;
  private final DecoderPool decoders;
  private final Set<Integer> endTokens;

  private EvaluatedModel(
      ScoredModel identity,
      Tokenizer tokenizer,
      List<LoadedModel> loaded,
      Placement placement,
      Set<Integer> endTokens) {
    this.endTokens = endTokens;
    this.identity = identity;
    this.tokenizer = tokenizer;
    this.start = TextStart.of(tokenizer, placement.addBosToken());
    this.loaded = loaded;
    this.placement = placement;
    this.decoders = new DecoderPool(loaded, placement.threadsPerCopy());
  }

  /**
   * Loads a model.
   *
   * @param placement where it runs, in which number type
   * @param tokenizers lend it its tokenizer
   * @throws RunFault as {@link ModelCheck}, also for weights that are not what their manifest says
   */
  public static EvaluatedModel load(
      ObjectStore store, EvalRun.Model model, Placement placement, SharedTokenizer tokenizers) {
    var folder = ModelFolder.open(store, StoreUri.parse(model.uri()), model.sha256());
    var tokenizer = tokenizer(folder, tokenizers);
    var loaded = new ArrayList<LoadedModel>();
    try {
      for (var map : placement.copies(folder.config())) {
        // Read once, whatever the number of copies.
        loaded.add(
            loaded.isEmpty()
                ? LoadedModel.load(folder.config(), folder, map, placement.type())
                : loaded.getFirst().copy(map));
      }
      var identity = ModelDigest.loaded(store, model, loaded.getFirst().digests());
      var ends = EndTokens.of(store, folder.uri(), tokenizer.eosId());
      return new EvaluatedModel(identity, tokenizer, loaded, placement, ends);
    } catch (RuntimeException | Error e) {
      loaded.forEach(LoadedModel::close);
      throw e;
    }
  }

  /** Its tokenizer, which must not know more tokens than the model. */
  static Tokenizer tokenizer(ModelFolder folder, SharedTokenizer tokenizers) {
    var tokenizer = tokenizers.of(folder);
    if (tokenizer.vocabSize() <= folder.config().vocabularySize()) {
      return tokenizer;
    }
    throw RunFault.userError(
        Reason.TOKENIZER_MISMATCH,
        String.format(
            Locale.ROOT,
            "The tokenizer of %s has %,d tokens and its model %,d; give the tokenizer that the"
                + " model was trained with.",
            folder.uri(),
            tokenizer.vocabSize(),
            folder.config().vocabularySize()));
  }

  /** Which model it is. */
  public ScoredModel identity() {
    return identity;
  }

  /** Its tokenizer. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The tokens that end a text of its own, one or more. */
  public Set<Integer> endTokens() {
    return endTokens;
  }

  /** What stands in front of every text that it reads. */
  public TextStart start() {
    return start;
  }

  /** How it reads. */
  TaskTokens.Reader reader() {
    return new TaskTokens.Reader(identity.name(), tokenizer, start, config().maxPositions());
  }

  /** Its configuration. */
  public ModelConfig config() {
    return loaded.getFirst().config();
  }

  /** Number type of its parameters in memory. */
  public DataType type() {
    return placement.type();
  }

  /**
   * Why it has no score.
   *
   * @param what it was asked, {@code question 3 of fp2}
   */
  public RunFault notANumber(String what) {
    return RunFault.userError(
        Reason.NOT_A_NUMBER,
        "%s does not give a number for %s: its weights are damaged or too large for %s; look at how its training went, or set dtype: float32."
            .formatted(identity.name(), what, type().name().toLowerCase(Locale.ROOT)));
  }

  /** What scoring with it takes of the memory of each device of a copy. */
  List<ScoringMemory> memory() {
    return placement.memory(config());
  }

  /** Bytes that it and its scoring may take of each device. */
  long room() {
    return DeviceRoom.bytes(placement.devices().getFirst());
  }

  /** Tokens that texts which are being written may have together, on all of its copies. */
  public long writableTokens() {
    return loaded.size()
        * memory().stream()
            .filter(device -> device.layers() > 0)
            .mapToLong(device -> device.writable(room()))
            .min()
            .orElseThrow();
  }

  /** Threads that predict with it. */
  public DecoderPool decoders() {
    return decoders;
  }

  @Override
  public void close() {
    loaded.forEach(LoadedModel::close);
  }
}
