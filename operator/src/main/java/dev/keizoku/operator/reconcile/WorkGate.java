package dev.keizoku.operator.reconcile;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Lets looks at resources in until the operator stops. The SDK empties its caches first and lets
 * the looks under way go on: a Job that is in no cache is taken for deleted, a pod for gone.
 */
public final class WorkGate {
  /** Looks take milliseconds; longer than this only waits for an API server that is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReadWriteLock looks = new ReentrantReadWriteLock();
  private final LongSupplier nanos;

  /** When the looks under way began. */
  private final Map<Thread, Long> underWay = new ConcurrentHashMap<>();

  private volatile boolean begun;
  private volatile boolean closed;

  /**
   * @param nanos a clock that only ever goes on
   */
  public WorkGate(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * One look.
   *
   * @param stopped what is said instead when the operator stops
   */
  <T> T within(Supplier<T> look, Supplier<T> stopped) {
    // Never behind close(), which may wait for long.
    if (!looks.readLock().tryLock()) {
      return stopped.get();
    }
    try {
      if (closed) {
        return stopped.get();
      }
      begun = true;
      underWay.put(Thread.currentThread(), nanos.getAsLong());
      return look.get();
    } finally {
      underWay.remove(Thread.currentThread());
      looks.readLock().unlock();
    }
  }

  /**
   * False while this operator only stands by: it is given nothing to look at then, and who begins
   * to work is given everything; and once it stops.
   */
  boolean works() {
    return begun && !closed;
  }

  /** How long the look that began first is under way; zero while there is none. */
  public Duration longest() {
    long now = nanos.getAsLong();
    return Duration.ofNanos(underWay.values().stream().mapToLong(at -> now - at).max().orElse(0));
  }

  /** Lets none in any more and waits for those under way; before the SDK is stopped. */
  public void close() {
    closed = true;
    try {
      if (looks.writeLock().tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        looks.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
