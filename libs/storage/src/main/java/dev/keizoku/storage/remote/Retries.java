package dev.keizoku.storage.remote;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.storage.StoreUri;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats an operation while its store is away, and tells passing faults from lasting ones. */
public final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  /** Passes time; tests let it pass quickly. */
  interface Time {
    /** Nanoseconds since some moment, never set back. */
    long now();

    /** Waits. */
    void pass(Duration duration) throws InterruptedException;
  }

  // Not System.currentTimeMillis: a clock that is set must not end or prolong the patience.
  private static final Time REAL =
      new Time() {
        @Override
        public long now() {
          return System.nanoTime();
        }

        @Override
        public void pass(Duration duration) throws InterruptedException {
          Thread.sleep(duration);
        }
      };

  private final RetryPolicy policy;
  private final Time time;
  private final BiFunction<Throwable, StoreUri, RunFault> lastingFault;
  private final String advice;

  /**
   * @param lastingFault given what was thrown and the URI, the fault that no retry mends, or null
   */
  public Retries(RetryPolicy policy, BiFunction<Throwable, StoreUri, RunFault> lastingFault) {
    this(policy, lastingFault, "check that storage.endpoint is right and its server up");
  }

  /** The same with another advice for a store that stays away. */
  public Retries(
      RetryPolicy policy, BiFunction<Throwable, StoreUri, RunFault> lastingFault, String advice) {
    this(policy, lastingFault, advice, REAL);
  }

  Retries(
      RetryPolicy policy,
      BiFunction<Throwable, StoreUri, RunFault> lastingFault,
      String advice,
      Time time) {
    this.policy = policy;
    this.time = time;
    this.lastingFault = lastingFault;
    this.advice = advice;
  }

  /** The result of the first attempt that succeeds. */
  public <T> T call(String what, StoreUri uri, Callable<T> attempt) {
    long began = 0;
    var delay = policy.firstDelay();
    for (int failures = 0; ; failures++) {
      try {
        var result = attempt.call();
        if (failures > 0) {
          LOG.info("{} {} succeeded after {} failures", what, uri, failures);
        }
        return result;
      } catch (RunFault fault) {
        throw fault;
      } catch (Exception e) {
        var fault = lastingFault.apply(e, uri);
        if (fault != null) {
          throw fault;
        }
        began = failures == 0 ? time.now() : began;
        if (time.now() - began + delay.toNanos() > policy.giveUpAfter().toNanos()) {
          throw unavailable(what, uri, e);
        }
        LOG.warn("{} {} failed, next attempt in {} ms: {}", what, uri, delay.toMillis(), root(e));
        pause(delay, uri);
        delay = delay.multipliedBy(2);
        delay = delay.compareTo(policy.longestDelay()) > 0 ? policy.longestDelay() : delay;
      }
    }
  }

  private RunFault unavailable(String what, StoreUri uri, Exception e) {
    return RunFault.tryAgain(
        Reason.STORAGE_UNAVAILABLE,
        "The storage did not answer for %d s (%s %s: %s); %s."
            .formatted(policy.giveUpAfter().toSeconds(), what, uri, root(e), advice),
        e);
  }

  private static String root(Throwable e) {
    while (e.getCause() != null && e.getCause() != e) {
      e = e.getCause();
    }
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private void pause(Duration delay, StoreUri uri) {
    try {
      time.pass(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFault.tryAgain(Reason.INTERRUPTED, "Stopped while waiting for " + uri + ".", e);
    }
  }
}
