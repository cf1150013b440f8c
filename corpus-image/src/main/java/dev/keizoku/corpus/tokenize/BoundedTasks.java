package dev.keizoku.corpus.tokenize;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Tasks on the workers in no order, so many at once that memory holds what they work on. */
public final class BoundedTasks {
  private final ExecutorService workers;
  private final int allSlots;
  private final Semaphore slots;
  private final AtomicReference<Throwable> fault = new AtomicReference<>();

  /** None yet. */
  public BoundedTasks(Workers workers) {
    this.workers = workers.executor();
    this.allSlots = workers.tasksAhead();
    this.slots = new Semaphore(allSlots);
  }

  /** What a worker does. */
  @FunctionalInterface
  public interface Task {
    /** Does it. */
    void run() throws IOException;
  }

  /** Gives a task to the workers as soon as one has room. */
  public void add(Task task) {
    slots.acquireUninterruptibly();
    workers.execute(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            fault.compareAndSet(null, scratchFailed(e));
          } catch (RuntimeException | Error e) {
            fault.compareAndSet(null, e);
          } finally {
            slots.release();
          }
        });
  }

  /** Waits until all are done, and throws what went wrong in any. */
  public void finish() {
    slots.acquireUninterruptibly(allSlots);
    slots.release(allSlots);
    check();
  }

  /** Throws what went wrong so far. */
  public void check() {
    switch (fault.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      // Out of memory in a worker ends the run as it would on the main thread.
      case Error e -> throw e;
      default -> throw new IllegalStateException(fault.get());
    }
  }

  /** The fault of a local disk. */
  public static RunFault scratchFailed(IOException e) {
    return RunFault.tryAgain(
        Reason.SCRATCH_FAILED, "Cannot read or write local files: " + e.getMessage() + ".", e);
  }
}
