package dev.keizoku.eval;

import dev.keizoku.eval.request.TaskRequests;
import dev.keizoku.program.RunContext;
import java.util.List;

/** Tells how many of the run's requests (a choice of a question, for a model) are done. */
final class RequestProgress {
  private final RunContext context;
  private final long total;
  private long finished;

  RequestProgress(RunContext context, List<TaskRequests> tasks, int models) {
    this.context = context;
    this.total = models * tasks.stream().mapToLong(RequestProgress::choices).sum();
    context.progress().begin("score", "requests", 0, total);
  }

  /** Inside a task; leaves the work when a stop was asked for. */
  void within(int choicesDone) {
    context.progress().step(finished + choicesDone);
    context.stop().check();
  }

  /** After a task. */
  void scored(TaskRequests task) {
    finished += choices(task);
    context.progress().step(finished);
  }

  /** A task that an earlier attempt has done: the time left must not be estimated from it. */
  void skipped(TaskRequests task) {
    finished += choices(task);
    context.progress().begin("score", "requests", finished, total);
  }

  private static long choices(TaskRequests task) {
    return task.requests().stream().mapToLong(request -> request.choices().size()).sum();
  }
}
