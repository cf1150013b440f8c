package dev.keizoku.corpus.tokenize;

import dev.keizoku.contract.fault.FailedTask;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Runs tasks on several threads and takes their results in the order of the tasks, a few ahead at
 * most.
 *
 * @param <T> result
 */
public final class OrderedTasks<T> {

  /** Takes a result. */
  @FunctionalInterface
  public interface Sink<T> {
    /** Called on the thread that runs {@link OrderedTasks#run}. */
    void accept(T result) throws Exception;
  }

  private final ExecutorService workers;
  private final int ahead;

  /**
   * @param ahead tasks in flight, 1 or more: the bound of what is in memory
   */
  public OrderedTasks(ExecutorService workers, int ahead) {
    this.workers = workers;
    this.ahead = ahead;
  }

  /**
   * Runs all tasks.
   *
   * @throws Exception what the first failing task or {@code sink} threw
   */
  public void run(Iterator<? extends Callable<T>> tasks, Sink<T> sink) throws Exception {
    var flying = new ArrayDeque<Future<T>>();
    try {
      while (tasks.hasNext() || !flying.isEmpty()) {
        while (tasks.hasNext() && flying.size() < ahead) {
          flying.add(workers.submit(tasks.next()));
        }
        sink.accept(result(flying.remove()));
      }
    } finally {
      flying.forEach(task -> task.cancel(false));
    }
  }

  private static <T> T result(Future<T> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw FailedTask.cause(e);
    }
  }
}
