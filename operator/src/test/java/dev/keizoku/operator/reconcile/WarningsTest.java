package dev.keizoku.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a namespace's events say of one object, and how often the API server is asked for them. */
class WarningsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final Warnings warnings = new Warnings(nanos::get);

  @Test
  void theNewestOfAllPagesCounts() {
    assertThat(said("one")).isEqualTo("quota");
    assertThat(said("two")).isEqualTo("no reason is given");
    assertThat(said("unschedulable")).isNull();
    assertThat(said("nobody")).isNull();
  }

  @Test
  void aThousandWhoWaitAskOnce() {
    for (int i = 0; i < 1_000; i++) {
      said("one");
    }
    assertThat(asked).hasValue(2);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    said("two");
    assertThat(asked).hasValue(4);
  }

  @Test
  void nothingIsKeptOfWhereNobodyWaitsAnyMore() {
    for (int i = 0; i < 100; i++) {
      warnings.about("team-" + i, "one", this::page);
    }
    assertThat(warnings.kept()).isEqualTo(100);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    said("one");
    assertThat(warnings.kept()).isEqualTo(1);
  }

  private String said(String uid) {
    return warnings.about("team-a", uid, this::page).map(Warnings.Warning::message).orElse(null);
  }

  private EventList page(String from) {
    asked.incrementAndGet();
    return from == null
        ? list(
            "more",
            event("one", "FailedCreate", "earlier", "2026-11-01T00:00:00Z"),
            event("unschedulable", "FailedScheduling", "no node", "2026-11-01T00:00:00Z"))
        : list(
            "",
            event("one", "FailedCreate", "quota", "2026-11-01T00:00:09Z"),
            event("two", null, "no reason is given", "2026-11-01T00:00:00Z"),
            event("two", "Silent", null, "2026-11-01T00:00:01Z"));
  }

  private static EventList list(String then, Event... events) {
    return new EventListBuilder()
        .withItems(events)
        .withNewMetadata()
        .withContinue(then)
        .endMetadata()
        .build();
  }

  private static Event event(String uid, String reason, String message, String time) {
    return new EventBuilder()
        .withNewMetadata()
        .endMetadata()
        .withNewInvolvedObject()
        .withUid(uid)
        .endInvolvedObject()
        .withReason(reason)
        .withMessage(message)
        .withLastTimestamp(time)
        .build();
  }
}
