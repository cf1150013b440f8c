package dev.keizoku.eval.remote;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.llm.weights.ModelTokenizer;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.artifact.Manifest;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;

/** How a model behind an endpoint reads: its tokenizer is here, its weights are not. */
public final class RemoteReader implements AutoCloseable {
  /** One token is written that nobody reads, and the last of a text is no input. */
  private static final int BESIDE_INPUT = 2;

  private final StoreUri folder;
  private final Tokenizer tokenizer;
  private final TaskTokens.Reader reader;

  private RemoteReader(StoreUri folder, Tokenizer tokenizer, TaskTokens.Reader reader) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.reader = reader;
  }

  /**
   * Opens the tokenizer of a candidate that tells log-likelihoods.
   *
   * @throws dev.keizoku.contract.fault.RunFault user errors {@code TokenizerNotFound}, {@code
   *     TokenizerInvalid}
   */
  public static RemoteReader open(EvalRun run, EvalRun.Model model, ObjectStore store) {
    var settings = model.api().completions();
    var uri = settings.tokenizer() == null ? run.base().uri() : settings.tokenizer();
    var folder = Manifest.folder(StoreUri.parse(uri));
    var tokenizer = ModelTokenizer.load(store, folder);
    var start = TextStart.of(tokenizer, run.passes().addBosToken());
    int positions = settings.maxLength() - BESIDE_INPUT;
    return new RemoteReader(
        folder, tokenizer, new TaskTokens.Reader(model.name(), tokenizer, start, positions));
  }

  /** How it reads. */
  public TaskTokens.Reader reader() {
    return reader;
  }

  /** All that the tokens of a text depend on. */
  public String identity() {
    return tokenizer.sha256() + " " + reader.positions();
  }

  /** Where its tokenizer lies. */
  StoreUri folder() {
    return folder;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
