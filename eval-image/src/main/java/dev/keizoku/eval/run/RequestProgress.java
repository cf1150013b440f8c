package dev.keizoku.eval.run;

import dev.keizoku.eval.plan.EvaluationPlan;
import dev.keizoku.eval.plan.PlannedModel;
import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.program.RunContext;

/** Tells how many of the run's requests (a choice of a question, for a model) are done. */
final class RequestProgress {
  private final RunContext context;
  private long finished;

  RequestProgress(RunContext context, EvaluationPlan plan) {
    this.context = context;
    // The time left is not estimated from what earlier attempts have done.
    this.finished = plan.choices() - plan.openChoices();
    context.progress().begin("score", "requests", finished, plan.choices());
  }

  /** Inside a task; leaves the work when a stop was asked for. */
  void within(int choicesDone) {
    context.progress().step(finished + choicesDone);
    context.stop().check();
  }

  /** What a model has said before, of which the plan knew nothing. */
  void known(PlannedModel model) {
    for (var task : model.tasks()) {
      finished += task.task().choices() - task.open().choices();
    }
    context.progress().step(finished);
  }

  /** Leaves the work when a stop was asked for. */
  void stop() {
    context.stop().check();
  }

  /** A token more was written: no request is done, but the work goes on. */
  void alive() {
    within(0);
  }

  /** After a task. */
  void scored(TaskRequests task) {
    finished += task.choices();
    context.progress().step(finished);
  }
}
