package dev.keizoku.operator.reconcile;

import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** After which time a resource is looked at again though nothing is heard of it. */
final class Pauses {
  static final Duration AT_ONCE = Duration.ofMillis(1);
  static final Duration WHILE_UNHEARD = Duration.ofSeconds(1);
  static final Duration WHILE_STOPPING = Duration.ofSeconds(2);
  static final Duration WHILE_REFUSED = Duration.ofSeconds(15);
  private static final Duration WHILE_QUEUED = Duration.ofSeconds(20);

  private Pauses() {}

  /**
   * The pause after a look.
   *
   * @param refused whether what was ordered is tried again
   * @param expiry when children are to be taken away; empty for never
   * @return empty for no other look
   */
  static Optional<Duration> after(Orders<?> orders, boolean refused, Optional<Instant> expiry) {
    var seen = orders.seen();
    if (refused) {
      return Optional.of(WHILE_REFUSED);
    }
    // Kueue writes into its own object, which nobody watches.
    if (seen.onItsWay().filter(ObservedJob::suspended).isPresent()) {
      return Optional.of(WHILE_QUEUED);
    }
    // Its Job has just been made; what tells of it may come while this look is under way.
    if (orders.next().planning() && seen.plan().isEmpty()) {
      return Optional.of(WHILE_UNHEARD);
    }
    if (seen.job().map(ObservedJob::pod).filter(ObservedPod::lingers).isPresent()) {
      return Optional.of(WHILE_STOPPING);
    }
    return orders.job().isPresent()
        ? Optional.of(AT_ONCE)
        : Stream.of(orders.next().wakeAt(), expiry)
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .map(at -> Duration.between(seen.now(), at).plus(AT_ONCE));
  }
}
