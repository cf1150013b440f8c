package dev.keizoku.storage;

import dev.keizoku.contract.RunFault;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats an operation while its store is away, and tells passing faults from lasting ones. */
public final class Retries {
  private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

  private final RetryPolicy policy;
  private final BiFunction<Throwable, String, RunFault> lastingFault;
  private final String advice;

  /**
   * @param lastingFault given what was thrown and the URI, the fault that no retry mends, or null
   */
  public Retries(RetryPolicy policy, BiFunction<Throwable, String, RunFault> lastingFault) {
    this(policy, lastingFault, "check that storage.endpoint is right and its server up");
  }

  /** The same with another advice for a store that stays away. */
  public Retries(
      RetryPolicy policy, BiFunction<Throwable, String, RunFault> lastingFault, String advice) {
    this.policy = policy;
    this.lastingFault = lastingFault;
    this.advice = advice;
  }

  /** The result of the first attempt that succeeds. */
  public <T> T call(String what, String uri, Callable<T> attempt) {
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
        // Not System.currentTimeMillis: a clock that is set must not end or prolong the patience.
        began = failures == 0 ? System.nanoTime() : began;
        if (System.nanoTime() - began + delay.toNanos() > policy.giveUpAfter().toNanos()) {
          throw unavailable(what, uri, e);
        }
        LOG.warn("{} {} failed, next attempt in {} ms: {}", what, uri, delay.toMillis(), root(e));
        pause(delay, uri);
        delay = delay.multipliedBy(2);
        delay = delay.compareTo(policy.longestDelay()) > 0 ? policy.longestDelay() : delay;
      }
    }
  }

  private RunFault unavailable(String what, String uri, Exception e) {
    return RunFault.tryAgain(
        "StorageUnavailable",
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

  private static void pause(Duration delay, String uri) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RunFault.tryAgain("Interrupted", "Stopped while waiting for " + uri + ".", e);
    }
  }
}
