package dev.keizoku.eval.score;

import dev.keizoku.contract.eval.EvalRun;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.llm.weights.ModelFolder;
import dev.keizoku.llm.weights.SharedTokenizer;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.tokenizer.TextStart;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks whether models can be loaded and asked all questions, without their weights: before hours
 * of scoring. Models that read alike are shown the questions once.
 */
public final class ModelCheck {
  private final ObjectStore store;
  private final List<TaskRequests> tasks;
  private final Continued continued;
  private final Boolean addBosToken;
  private final SharedTokenizer tokenizers;
  private final Map<Reading, Amount> known = new HashMap<>();

  /**
   * Texts that every model continues beside the tasks.
   *
   * @param prompts as the models read them; may be none
   * @param newTokens written to each at most
   */
  public record Continued(List<String> prompts, int newTokens) {
    /** Nothing is continued. */
    public static final Continued NOTHING = new Continued(List.of(), 0);
  }

  /**
   * @param tasks all that each model will be asked
   * @param addBosToken whether texts begin with BOS; null: what the tokenizer does itself
   */
  public ModelCheck(
      ObjectStore store,
      List<TaskRequests> tasks,
      Continued continued,
      Boolean addBosToken,
      SharedTokenizer tokenizers) {
    this.store = store;
    this.tasks = tasks;
    this.continued = continued;
    this.addBosToken = addBosToken;
    this.tokenizers = tokenizers;
  }

  /** All that the tokens of the questions depend on. */
  private record Reading(String tokenizer, TextStart start, int prefix, int positions) {
    static Reading of(TaskTokens.Reader reader) {
      var tokenizer = reader.tokenizer();
      int prefix = tokenizer.bosId().orElse(tokenizer.eosId());
      return new Reading(tokenizer.sha256(), reader.start(), prefix, reader.positions());
    }
  }

  private record Amount(int longest, long tokens, long predictions) {}

  /**
   * What a model takes.
   *
   * @throws RunFault exit 42 when it cannot be loaded or asked, or is not the pinned one
   */
  public ModelNeeds of(EvalRun.Model model) {
    var folder = ModelFolder.open(store, StoreUri.parse(model.uri()), model.sha256());
    var tokenizer = EvaluatedModel.tokenizer(folder, tokenizers);
    var reader =
        new TaskTokens.Reader(
            model.name(),
            tokenizer,
            TextStart.of(tokenizer, addBosToken),
            folder.config().maxPositions());
    var amount = known.computeIfAbsent(Reading.of(reader), reading -> amount(reader));
    return new ModelNeeds(
        folder.config(), folder.numberType(), amount.longest, amount.tokens, amount.predictions);
  }

  private Amount amount(TaskTokens.Reader reader) {
    int longest = written(continued.prompts, continued.newTokens, reader);
    long tokens = 0;
    long predictions = 0;
    for (var task : tasks) {
      if (task.written()) {
        check(task, reader);
        var contexts = task.requests().stream().map(Request::longest).toList();
        longest = Math.max(longest, written(contexts, task.newTokens(), reader));
      } else {
        var sequences = TaskPlan.of(task, reader).sequences();
        longest = Math.max(longest, sequences.longestInput());
        tokens += sequences.fed().tokens();
        predictions += sequences.predictions();
      }
    }
    return new Amount(longest, tokens, predictions);
  }

  /** Tokens of the longest text with what is written to it. */
  private static int written(List<String> texts, int newTokens, TaskTokens.Reader reader) {
    int longest =
        texts.parallelStream()
            .mapToInt(
                text ->
                    reader.start().before(reader.tokenizer().encodeWithSpecialTokens(text)).length)
            .max()
            .orElse(0);
    return Math.min(reader.positions(), longest + newTokens);
  }

  /** Whether there is room for what a model may write. */
  private static void check(TaskRequests task, TaskTokens.Reader reader) {
    int tokens = task.file().answering().writing().maxTokens();
    if (tokens >= reader.positions()) {
      throw RunFault.userError(
          Reason.TOO_MANY_NEW_TOKENS,
          String.format(
              Locale.ROOT,
              "Task %s lets a model write %,d tokens, which leaves no room for a question in the"
                  + " %,d positions of %s; set generation_kwargs.max_gen_toks in its file to less,"
                  + " or use a model with more positions.",
              task.name(),
              tokens,
              reader.positions(),
              reader.name()));
    }
  }
}
