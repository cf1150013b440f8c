package dev.keizoku.operator.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The newest warning about each object of a namespace. The API server reads all events of a
 * namespace to answer for one object, so a namespace is asked for at most once in a few seconds,
 * however many pods are waited for there.
 */
final class Warnings {
  private static final Duration KEPT = Duration.ofSeconds(2);

  /** Told otherwise, or of no interest. */
  private static final Set<String> PASSED_OVER = Set.of("FailedScheduling", "Unhealthy");

  private final LongSupplier nanos;
  private final Map<String, Listing> listings = new ConcurrentHashMap<>();

  /**
   * @param nanos a clock that only ever goes on
   */
  Warnings(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * What the cluster said last of an object.
   *
   * @param reason of the event
   * @param message of the event
   * @param time RFC 3339
   */
  record Warning(String reason, String message, String time) {
    private static Warning of(Event event) {
      var time =
          Objects.requireNonNullElse(
              event.getLastTimestamp(), event.getMetadata().getCreationTimestamp());
      var reason = Objects.requireNonNullElse(event.getReason(), "");
      return new Warning(reason, event.getMessage(), time);
    }

    private static Warning newer(Warning one, Warning other) {
      return one.time.compareTo(other.time) > 0 ? one : other;
    }
  }

  private record Listing(long at, Map<String, Warning> byUid) {}

  /**
   * The newest warning about that object, at most a few seconds old news.
   *
   * @param pages the namespace's warnings, page by page: from a continue token, at first null
   */
  Optional<Warning> about(String namespace, String uid, Function<String, EventList> pages) {
    long now = nanos.getAsLong();
    listings.values().removeIf(listing -> now - listing.at >= KEPT.toNanos());
    var listing =
        listings.compute(
            namespace,
            (name, last) -> last != null ? last : new Listing(nanos.getAsLong(), read(pages)));
    return Optional.ofNullable(listing.byUid.get(uid));
  }

  /** Namespaces of which a listing is kept. */
  int kept() {
    return listings.size();
  }

  private static Map<String, Warning> read(Function<String, EventList> pages) {
    var newest = new HashMap<String, Warning>();
    String from = null;
    do {
      var page = pages.apply(from);
      page.getItems().stream()
          .filter(event -> event.getInvolvedObject().getUid() != null)
          .filter(event -> event.getMessage() != null)
          .map(event -> Map.entry(event.getInvolvedObject().getUid(), Warning.of(event)))
          .filter(entry -> !PASSED_OVER.contains(entry.getValue().reason))
          .forEach(entry -> newest.merge(entry.getKey(), entry.getValue(), Warning::newer));
      from = page.getMetadata().getContinue();
    } while (from != null && !from.isEmpty());
    return newest;
  }
}
