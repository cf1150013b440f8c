package dev.keizoku.corpus.tokenize;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads of a build.
 *
 * @param executor runs the tasks
 * @param threads how many it has
 */
public record Workers(ExecutorService executor, int threads) implements AutoCloseable {
  private static final int TASKS_PER_THREAD = 4;

  /** That many threads. */
  public static Workers of(int threads) {
    return new Workers(Executors.newFixedThreadPool(threads), threads);
  }

  /** Tasks that may be in flight: the bound of what is in memory. */
  public int tasksAhead() {
    return threads * TASKS_PER_THREAD;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
