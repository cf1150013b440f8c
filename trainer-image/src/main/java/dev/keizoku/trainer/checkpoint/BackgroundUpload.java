package dev.keizoku.trainer.checkpoint;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Uploads one checkpoint at a time in the background, so that training goes on while the store is
 * slow or away.
 */
final class BackgroundUpload {
  private final Duration patience;
  private boolean working;
  private boolean stuck;
  private RuntimeException failure;

  /**
   * @param patience how long training waits for a store that was quick so far
   */
  BackgroundUpload(Duration patience) {
    this.patience = patience;
  }

  /**
   * Whether the upload before is done; waits for it a little, the first time it is slow.
   *
   * @throws RuntimeException what it failed with
   */
  synchronized boolean isFree() {
    var deadline = System.nanoTime() + (stuck ? 0 : patience.toNanos());
    while (working && System.nanoTime() < deadline) {
      pause(deadline - System.nanoTime());
    }
    throwFailure();
    stuck = working;
    return !working;
  }

  /** Begins an upload; the one before must be done. */
  synchronized void begin(String name, Runnable upload) {
    working = true;
    new Thread(() -> work(name, upload), "checkpoint").start();
  }

  private void work(String name, Runnable upload) {
    try {
      upload.run();
      end(null);
    } catch (RuntimeException e) {
      end(e);
    } catch (Error e) {
      end(new IllegalStateException("the upload of " + name + " failed", e));
    }
  }

  private synchronized void end(RuntimeException fault) {
    failure = fault;
    working = false;
    stuck = false;
    notifyAll();
  }

  /**
   * Waits until the upload is done.
   *
   * @param meanwhile called at least each second
   * @throws RuntimeException what it failed with
   */
  synchronized void await(Runnable meanwhile) {
    while (working) {
      meanwhile.run();
      pause(TimeUnit.SECONDS.toNanos(1));
    }
    throwFailure();
  }

  synchronized boolean isWorking() {
    return working;
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
