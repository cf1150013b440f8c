package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.trainer.parallel.collective.Meeting.PeerFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * The threads of the ranks. A task runs on all of them at once; inside it they may wait for each
 * other. When one fails, the others stop waiting, and the threads are of no more use.
 */
public final class RankThreads implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();
  private final Meeting meeting;

  /**
   * @param ranks number of threads, 1 or more
   */
  public RankThreads(int ranks) {
    meeting = new Meeting(ranks);
    for (var rank = 0; rank < ranks; rank++) {
      threads.add(thread("rank-" + rank));
    }
  }

  /** One thread that does not keep the program alive. */
  public static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  Meeting meeting() {
    return meeting;
  }

  /** Number of ranks. */
  public int size() {
    return threads.size();
  }

  /** Runs a task without a result on every rank's thread and waits for all. */
  public void each(IntConsumer task) {
    all(
        rank -> {
          task.accept(rank);
          return rank;
        });
  }

  /**
   * Runs a task on every rank's thread and waits for all.
   *
   * @param task given the rank's number
   * @return the results, by rank
   */
  public <T> List<T> all(IntFunction<T> task) {
    var futures = new ArrayList<Future<T>>();
    for (var i = 0; i < threads.size(); i++) {
      var rank = i;
      futures.add(threads.get(i).submit(() -> runOne(task, rank)));
    }
    var results = new ArrayList<T>();
    Throwable failure = null;
    for (var future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        // What made the others give up says nothing; the first cause does.
        if (failure == null || failure instanceof PeerFailed) {
          failure = e.getCause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the ranks work", e);
      }
    }
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    return results;
  }

  private <T> T runOne(IntFunction<T> task, int rank) {
    try {
      return task.apply(rank);
    } catch (RuntimeException | Error e) {
      meeting.end();
      throw e;
    }
  }

  @Override
  public void close() {
    meeting.end();
    threads.forEach(ExecutorService::shutdownNow);
  }
}
