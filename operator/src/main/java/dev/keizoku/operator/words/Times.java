package dev.keizoku.operator.words;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the Kubernetes API writes them: RFC 3339, whole seconds, UTC. */
public final class Times {
  private Times() {}

  /** Text of a time; null for null. */
  public static String text(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Whole seconds from one text to a time; 0 when the text is null or later. */
  public static long secondsBetween(String from, Instant to) {
    return from == null ? 0 : Math.max(0, Duration.between(Instant.parse(from), to).toSeconds());
  }
}
