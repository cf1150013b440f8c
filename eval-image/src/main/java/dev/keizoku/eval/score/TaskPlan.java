package dev.keizoku.eval.score;

import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.items.ItemScore;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TaskTokens;
import dev.keizoku.eval.request.TokenSplit;
import java.util.Arrays;
import java.util.List;

/**
 * What a task asks, as tokens of a model.
 *
 * @param sequences all of it
 * @param parts choices of each question, or windows of each document
 * @param tokens of each document; null where choices are scored
 */
record TaskPlan(ScoringPlan sequences, int[] parts, int[] tokens) {

  /**
   * Cuts every question into what the model reads and what it is asked for, and every document into
   * windows.
   *
   * @throws RunFault exit 42 when a question does not fit the model or its tokenizer
   */
  static TaskPlan of(TaskRequests task, TaskTokens.Reader model) {
    var tokens = TaskTokens.of(task, model);
    var plan =
        new TaskPlan(
            new ScoringPlan(model.positions()), new int[tokens.parts().size()], tokens.lengths());
    for (int request = 0; request < plan.parts.length; request++) {
      plan.add(task, request, tokens.parts().get(request), model);
    }
    return plan;
  }

  private void add(
      TaskRequests task, int request, List<TokenSplit> splits, TaskTokens.Reader model) {
    parts[request] = splits.size();
    for (int part = 0; part < splits.size(); part++) {
      // A document is one more done when its last window is.
      boolean counted = tokens == null || part == splits.size() - 1;
      try {
        sequences.add(splits.get(part), request, part, counted);
      } catch (IllegalArgumentException e) {
        throw TaskTokens.doesNotFit(task, model, e.getMessage());
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
}
