package dev.keizoku.contract.fault;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a task on another thread threw, to be thrown on by who waits for it. */
public final class FailedTask {
  private FailedTask() {}

  /**
   * What the task threw.
   *
   * @throws Error where it was one: out of memory in a worker ends a run as it would on the main
   *     thread
   */
  public static Exception cause(ExecutionException failed) {
    var inner = failed.getCause();
    return switch (inner instanceof CompletionException ? inner.getCause() : inner) {
      case Error error -> throw error;
      case Exception cause -> cause;
      case null, default -> failed;
    };
  }

  /** The same of a task that throws nothing that is checked. */
  public static RuntimeException unchecked(ExecutionException failed) {
    return cause(failed) instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(failed.getCause());
  }
}
