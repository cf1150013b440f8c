package dev.keizoku.eval.score;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.eval.request.TokenSplit;
import dev.keizoku.tokenizer.TextStart;
import dev.keizoku.tokenizer.Tokenizer;

/** The questions of a task as tokens of a model. */
final class TaskPlan {
  private TaskPlan() {}

  /**
   * Cuts every question into what the model reads and what it is asked for.
   *
   * @param model name for the sentence
   * @param positions longest input of the model, tokens
   * @throws RunFault exit 42 when a question does not fit the model or its tokenizer
   */
  static ScoringPlan of(
      TaskRequests task, Tokenizer tokenizer, TextStart start, String model, int positions) {
    var plan = new ScoringPlan(positions);
    for (int request = 0; request < task.requests().size(); request++) {
      var asked = task.requests().get(request);
      var continuations = asked.continuations();
      for (int choice = 0; choice < continuations.size(); choice++) {
        var split = TokenSplit.of(tokenizer, start, asked.context(), continuations.get(choice));
        if (split.continuation().length == 0) {
          throw swallowed(task, request, choice, model);
        }
        try {
          plan.add(split, request, choice);
        } catch (IllegalArgumentException e) {
          throw RunFault.userError(
              Reason.QUESTION_DOES_NOT_FIT,
              "Task %s cannot be scored with %s: %s; change the task's doc_to_text, doc_to_choice or target_delimiter, or use a model with more positions or another tokenizer."
                  .formatted(task.name(), model, e.getMessage()),
              e);
        }
      }
    }
    return plan;
  }

  /** lm-eval ends in an assertion here. */
  private static RunFault swallowed(TaskRequests task, int request, int choice, String model) {
    return RunFault.userError(
        Reason.QUESTION_DOES_NOT_FIT,
        "Task %s cannot be scored with %s: question %d, choice %d has no token of its own, since the tokenizer joins the end of the prompt and the answer into one token; choose another promptVersion for the task, or leave it out."
            .formatted(task.name(), model, request, choice));
  }
}
