package dev.keizoku.corpus.tokenize;

import dev.keizoku.corpus.timing.StageClock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads of a build.
 *
 * @param executor runs the tasks
 * @param threads how many it has
 * @param clock what they and the thread that gives them work are timed by
 */
public record Workers(ExecutorService executor, int threads, StageClock clock)
    implements AutoCloseable {
  private static final int TASKS_PER_THREAD = 4;

  /** That many threads, timed by that clock. */
  public static Workers of(int threads, StageClock clock) {
    return new Workers(Executors.newFixedThreadPool(threads), threads, clock);
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
