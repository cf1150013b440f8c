package dev.keizoku.trainer.checkpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads one snapshot after another in the background, so that training goes on while the store is
 * slow or away. One snapshot may wait behind the one that is on its way; when a newer one comes and
 * the store still has not moved, the waiting one is given up for it.
 */
final class UploadQueue {
  private static final Logger LOG = LoggerFactory.getLogger(UploadQueue.class);

  private final Duration patience;
  private Snapshot waiting;
  private boolean working;
  private boolean stuck;
  private RuntimeException failure;

  /**
   * State on the local disk.
   *
   * @param name for messages
   * @param upload puts it into the store
   * @param drop removes it from the disk without having done so
   */
  record Snapshot(String name, Runnable upload, Runnable drop) {}

  /**
   * @param patience how long training waits for a store that was quick so far
   */
  UploadQueue(Duration patience) {
    this.patience = patience;
  }

  /**
   * Makes sure that there is room for one more snapshot on the disk.
   *
   * @throws RuntimeException what an earlier upload failed with
   */
  synchronized void makeRoom() {
    var deadline = System.nanoTime() + (stuck ? 0 : patience.toNanos());
    while (waiting != null && System.nanoTime() < deadline) {
      pause(deadline - System.nanoTime());
    }
    throwFailure();
    if (waiting != null) {
      stuck = true;
      LOG.warn("{} is given up for a newer one: the store is slow or away", waiting.name());
      waiting.drop().run();
      waiting = null;
    }
  }

  /** Takes a snapshot over; there must be room. */
  synchronized void add(Snapshot snapshot) {
    if (working) {
      waiting = snapshot;
    } else {
      working = true;
      new Thread(() -> work(snapshot), "checkpoint").start();
    }
  }

  private void work(Snapshot first) {
    for (var next = first; next != null; next = take()) {
      try {
        next.upload().run();
        moved();
      } catch (RuntimeException e) {
        fail(e);
      } catch (Error e) {
        fail(new IllegalStateException("the upload of " + next.name() + " failed", e));
      }
    }
  }

  private synchronized Snapshot take() {
    var next = failure == null ? waiting : null;
    waiting = null;
    working = next != null;
    notifyAll();
    return next;
  }

  private synchronized void fail(RuntimeException e) {
    failure = e;
  }

  private synchronized void moved() {
    stuck = false;
  }

  /**
   * Waits until everything is uploaded.
   *
   * @throws RuntimeException what an upload failed with
   */
  synchronized void await() {
    while (working) {
      pause(TimeUnit.SECONDS.toNanos(1));
    }
    throwFailure();
  }

  private void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, TimeUnit.MILLISECONDS.toNanos(1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a checkpoint is uploaded", e);
    }
  }
}
