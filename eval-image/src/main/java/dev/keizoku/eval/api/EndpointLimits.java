package dev.keizoku.eval.api;

import java.time.Duration;

/**
 * How long and how often an endpoint is asked.
 *
 * @param timeout for one answer, from the first byte sent to the last received
 * @param attempts of a question, the first one too; at least 1
 * @param pause before the second attempt, twice as long before each one after; an endpoint that
 *     says {@code Retry-After} is believed
 * @param longestPause most of either
 * @param maxTokens of an answer
 */
public record EndpointLimits(
    Duration timeout, int attempts, Duration pause, Duration longestPause, int maxTokens) {

  /** Most bytes of an answer's body. */
  static final int MOST_BYTES = 4 << 20;

  /** With the pauses that serve the usual endpoints. */
  public static EndpointLimits usual(Duration timeout, int attempts, int maxTokens) {
    return new EndpointLimits(
        timeout, attempts, Duration.ofSeconds(1), Duration.ofSeconds(60), maxTokens);
  }

  /** The pause after so many attempts. */
  Duration pause(int attempts) {
    var longer = pause.multipliedBy(1L << Math.min(attempts - 1, 20));
    return longer.compareTo(longestPause) < 0 ? longer : longestPause;
  }
}
