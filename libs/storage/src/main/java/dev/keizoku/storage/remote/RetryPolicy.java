package dev.keizoku.storage.remote;

import java.time.Duration;

/**
 * How long a store may be away.
 *
 * @param giveUpAfter of one operation, from its first failure
 * @param firstDelay wait before the second attempt; doubled each time
 * @param longestDelay upper limit of a wait
 */
public record RetryPolicy(Duration giveUpAfter, Duration firstDelay, Duration longestDelay) {

  /** Ten minutes, with waits from 0.25 s to 5 s. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Duration.ofMinutes(10), Duration.ofMillis(250), Duration.ofSeconds(5));

  /** The default waits with another limit. */
  public static RetryPolicy upTo(Duration giveUpAfter) {
    return new RetryPolicy(giveUpAfter, DEFAULT.firstDelay, DEFAULT.longestDelay);
  }
}
