package dev.keizoku.trainer.parallel.collective;

import dev.keizoku.llm.torch.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Phaser;

/** Where the threads of the ranks wait for each other and show what they have. */
final class Meeting {
  private final Phaser barrier;
  private final int size;
  // What each rank shows, in this round and the one before: a rank that is quick shows the next
  // thing while a slow one still looks at the last.
  private final List<List<Object>> shown = new ArrayList<>();
  private final int[] rounds;
  // By place, whose turn it is; guarded by itself.
  private final Map<Integer, Integer> turns = new HashMap<>();

  Meeting(int ranks) {
    size = ranks;
    barrier = new Phaser(ranks);
    rounds = new int[ranks];
    for (var round = 0; round < 2; round++) {
      shown.add(new ArrayList<>(Collections.nCopies(ranks, null)));
    }
  }

  int size() {
    return size;
  }

  /** Waits until every rank is here. */
  void await() {
    if (barrier.arriveAndAwaitAdvance() < 0) {
      throw new PeerFailed();
    }
  }

  /**
   * Shows tensors to the other ranks, and waits until all have; until the next barrier they may be
   * looked at.
   *
   * @return what each rank shows
   */
  List<List<Tensor>> show(int rank, List<Tensor> tensors) {
    return exchange(rank, tensors);
  }

  /**
   * Gives something to the other ranks, and waits until all have.
   *
   * @return what each rank gives
   */
  @SuppressWarnings("unchecked")
  <T> List<T> exchange(int rank, T thing) {
    var round = shown.get(rounds[rank]++ % 2);
    round.set(rank, thing);
    await();
    return (List<T>) List.copyOf(round);
  }

  /**
   * Does something once all ranks of a lower number have done it. Every rank does it equally often;
   * before doing it again, rank 0 waits for the last one.
   *
   * @param place things of different places are independent of each other
   */
  void inTurn(int rank, int place, Runnable work) {
    awaitTurn(rank, place);
    work.run();
    synchronized (turns) {
      turns.put(place, (rank + 1) % size);
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

  /** Nobody waits any more. */
  void end() {
    barrier.forceTermination();
    synchronized (turns) {
      turns.notifyAll();
    }
  }

  /** Another rank has failed. */
  static final class PeerFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PeerFailed() {
      super("another rank failed", null, false, false);
    }
  }
}
