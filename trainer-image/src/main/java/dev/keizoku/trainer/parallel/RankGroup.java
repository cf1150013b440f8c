package dev.keizoku.trainer.parallel;

import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.IntFunction;

/**
 * The threads of the ranks. A task runs on all of them at once; inside it they may wait for each
 * other. When one fails, the others stop waiting, and the group is of no more use.
 */
public final class RankGroup implements AutoCloseable {
  private final List<ExecutorService> threads = new ArrayList<>();
  private final Phaser barrier;
  private final RankTrainer[] members;
  private final Tensor[] tensors;
  // By place, whose turn it is; guarded by itself.
  private final Map<Integer, Integer> turns = new HashMap<>();

  /**
   * @param ranks number of threads, 1 or more
   */
  public RankGroup(int ranks) {
    barrier = new Phaser(ranks);
    members = new RankTrainer[ranks];
    tensors = new Tensor[ranks];
    for (var rank = 0; rank < ranks; rank++) {
      threads.add(thread("rank-" + rank));
    }
  }

  /** One thread that does not keep the program alive. */
  static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Number of ranks. */
  public int size() {
    return threads.size();
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
      barrier.forceTermination();
      synchronized (turns) {
        turns.notifyAll();
      }
      throw e;
    }
  }

  /**
   * Inside a task: does something once all ranks of a lower number have done it. Every rank does it
   * equally often; before doing it again, rank 0 waits for the last one.
   *
   * @param place things of different places are independent of each other
   */
  void inTurn(int rank, int place, Runnable work) {
    awaitTurn(rank, place);
    work.run();
    synchronized (turns) {
      turns.put(place, (rank + 1) % size());
      turns.notifyAll();
    }
  }

  private void awaitTurn(int rank, int place) {
    synchronized (turns) {
      while (turns.getOrDefault(place, 0) != rank) {
        if (barrier.isTerminated()) {
          throw new PeerFailed();
        }
        try {
          turns.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while another rank works", e);
        }
      }
    }
  }

  /** Inside a task: waits until every rank is here. */
  void await() {
    if (barrier.arriveAndAwaitAdvance() < 0) {
      throw new PeerFailed();
    }
  }

  /** Makes a rank known to the others; once, before they work together. */
  void join(int rank, RankTrainer member) {
    members[rank] = member;
  }

  /** A rank's state, of which others may only read what nobody changes meanwhile. */
  RankTrainer member(int rank) {
    return members[rank];
  }

  /** Inside a task: shows a tensor to the other ranks; they may look after {@link #await}. */
  void show(int rank, Tensor tensor) {
    tensors[rank] = tensor;
  }

  /** Inside a task, after {@link #await}: what a rank showed. */
  Tensor shownBy(int rank) {
    return tensors[rank];
  }

  @Override
  public void close() {
    barrier.forceTermination();
    threads.forEach(ExecutorService::shutdownNow);
  }

  /** Another rank has failed. */
  private static final class PeerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerFailed() {
      super("another rank failed", null, false, false);
    }
  }
}
