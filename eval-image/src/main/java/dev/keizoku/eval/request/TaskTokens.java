package dev.keizoku.eval.request;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a task asks, as tokens of a model: every question cut into what the model reads and what it
 * is asked for, every document into windows.
 *
 * @param parts choices of each question, or windows of each document
 * @param lengths tokens of each document; null where choices are scored
 */
public record TaskTokens(List<List<TokenSplit>> parts, int[] lengths) {

  /**
   * How a model reads.
   *
   * @param name of the model, for sentences
   * @param start what stands in front of every text
   * @param positions longest input, tokens
   */
  public record Reader(String name, Tokenizer tokenizer, TextStart start, int positions) {}

  /**
   * Cuts it.
   *
   * @param task whose answers are not written
   * @throws RunFault exit 42 for a choice that the tokenizer joins to its prompt
   */
  public static TaskTokens of(TaskRequests task, Reader model) {
    int requests = task.requests().size();
    var tokens = new TaskTokens(List.of(), task.ofDocuments() ? new int[requests] : null);
    // Tokens are most of the work and need no order; what is wrong is told of the first question.
    var splits =
        IntStream.range(0, requests)
            .parallel()
            .mapToObj(request -> tokens.splits(task.requests().get(request), request, model))
            .toList();
    if (!task.ofDocuments()) {
      requireOwnTokens(task, splits, model);
    }
    return new TaskTokens(splits, tokens.lengths);
  }

  private List<TokenSplit> splits(Request asked, int request, Reader model) {
    if (lengths == null) {
      return TokenSplit.of(model.tokenizer, model.start, asked.context(), asked.continuations());
    }
    int[] document = model.tokenizer.encodeWithSpecialTokens(asked.choices().getFirst());
    lengths[request] = document.length;
    int prefix = model.tokenizer.bosId().orElse(model.tokenizer.eosId());
    return RollingWindows.of(document, model.start, prefix, model.positions);
  }

  /** lm-eval ends in an assertion here. */
  private static void requireOwnTokens(
      TaskRequests task, List<List<TokenSplit>> splits, Reader model) {
    for (int request = 0; request < splits.size(); request++) {
      for (int choice = 0; choice < splits.get(request).size(); choice++) {
        if (splits.get(request).get(choice).continuation().length == 0) {
          throw RunFault.userError(
              Reason.QUESTION_DOES_NOT_FIT,
              "Task %s cannot be scored with %s: question %d, choice %d has no token of its own, since the tokenizer joins the end of the prompt and the answer into one token; choose another promptVersion for the task, or leave it out."
                  .formatted(task.name(), model.name, request, choice));
        }
      }
    }
  }

  /**
   * Why a choice or a window is not scored.
   *
   * @param problem of which question
   */
  public static RunFault doesNotFit(TaskRequests task, Reader model, String problem) {
    return RunFault.userError(
        Reason.QUESTION_DOES_NOT_FIT,
        "Task %s cannot be scored with %s: %s; change the task's doc_to_text, doc_to_choice or target_delimiter, or use a model with more positions or another tokenizer."
            .formatted(task.name(), model.name, problem));
  }
}
