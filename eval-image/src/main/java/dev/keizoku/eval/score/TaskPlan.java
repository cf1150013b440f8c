package dev.keizoku.eval.score;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.Request;
import dev.keizoku.eval.request.RollingWindows;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TokenSplit;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a task asks, as tokens of a model.
 *
 * @param sequences all of it
 * @param parts choices of each question, or windows of each document
 * @param tokens of each document; null where choices are scored
 */
record TaskPlan(ScoringPlan sequences, int[] parts, int[] tokens) {

  /**
   * How a model reads.
   *
   * @param name of the model, for sentences
   * @param start what stands in front of every text
   * @param positions longest input, tokens
   */
  record Reader(String name, Tokenizer tokenizer, TextStart start, int positions) {}

  /**
   * Cuts every question into what the model reads and what it is asked for, and every document into
   * windows.
   *
   * @throws RunFault exit 42 when a question does not fit the model or its tokenizer
   */
  static TaskPlan of(TaskRequests task, Reader model) {
    int requests = task.requests().size();
    var tokens = task.ofDocuments() ? new int[requests] : null;
    var plan = new TaskPlan(new ScoringPlan(model.positions), new int[requests], tokens);
    // Tokens are most of the work and need no order; what is wrong is told of the first question.
    var splits =
        IntStream.range(0, requests)
            .parallel()
            .mapToObj(request -> plan.splits(task.requests().get(request), request, model))
            .toList();
    for (int request = 0; request < requests; request++) {
      plan.add(task, request, splits.get(request), model);
    }
    return plan;
  }

  private List<TokenSplit> splits(Request asked, int request, Reader model) {
    if (tokens == null) {
      return TokenSplit.of(model.tokenizer, model.start, asked.context(), asked.continuations());
    }
    int[] document = model.tokenizer.encodeWithSpecialTokens(asked.choices().getFirst());
    tokens[request] = document.length;
    int prefix = model.tokenizer.bosId().orElse(model.tokenizer.eosId());
    return RollingWindows.of(document, model.start, prefix, model.positions);
  }

  private void add(TaskRequests task, int request, List<TokenSplit> splits, Reader model) {
    parts[request] = splits.size();
    for (int part = 0; part < splits.size(); part++) {
      if (tokens == null && splits.get(part).continuation().length == 0) {
        throw swallowed(task, request, part, model.name);
      }
      // A document is one more done when its last window is.
      boolean counted = tokens == null || part == splits.size() - 1;
      try {
        sequences.add(splits.get(part), request, part, counted);
      } catch (IllegalArgumentException e) {
        throw RunFault.userError(
            Reason.QUESTION_DOES_NOT_FIT,
            "Task %s cannot be scored with %s: %s; change the task's doc_to_text, doc_to_choice or target_delimiter, or use a model with more positions or another tokenizer."
                .formatted(task.name(), model.name, e.getMessage()),
            e);
      }
    }
  }

  /**
   * What was said of a request: of a question's choices, or of a document by its windows, which are
   * added up in order.
   */
  ItemScore item(int request, double[] logLikelihoods, boolean[] greedy) {
    if (tokens == null) {
      return new ItemScore(logLikelihoods, greedy, null, sequences.cut(request));
    }
    var sum = new double[] {Arrays.stream(logLikelihoods).sum()};
    return new ItemScore(sum, new boolean[1], tokens[request], false);
  }

  /** lm-eval ends in an assertion here. */
  private static RunFault swallowed(TaskRequests task, int request, int choice, String model) {
    return RunFault.userError(
        Reason.QUESTION_DOES_NOT_FIT,
        "Task %s cannot be scored with %s: question %d, choice %d has no token of its own, since the tokenizer joins the end of the prompt and the answer into one token; choose another promptVersion for the task, or leave it out."
            .formatted(task.name(), model, request, choice));
  }
}
