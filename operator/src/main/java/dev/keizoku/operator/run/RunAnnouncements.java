package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.naming.SpecHash;
import dev.keizoku.operator.status.Times;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each transition once: an event on the resource, and a count for the metrics. */
public final class RunAnnouncements {
  private static final Logger LOG = LoggerFactory.getLogger(RunAnnouncements.class);
  private static final int MESSAGE_LIMIT = 1024;
  private static final Set<String> WARNINGS =
      Set.of(
          "BackingOff",
          "ImagePullBackOff",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  private final MeterRegistry meters;

  /** Announcements that are counted there. */
  public RunAnnouncements(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Tells what changed from the resource's status to the next. */
  public <R extends CustomResource<?, ?> & RunResource> void announce(
      KubernetesClient client, R resource, RunStatus next, Instant now) {
    var before = resource.runStatus();
    count(resource, before, next);
    var reason = reason(next);
    if (before.phase() == next.phase() && Objects.equals(reason(before), reason)) {
      return;
    }
    LOG.info(
        "{} {}/{}: {} ({}) {}",
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        next.phase(),
        reason,
        next.message());
    try {
      client.resource(event(resource, next, reason, Times.text(now))).create();
    } catch (KubernetesClientException e) {
      // The status tells the same; a run must not wait for its announcement.
      LOG.debug("Event {} of {} was not written.", reason, resource.getMetadata().getName(), e);
    }
  }

  private static <R extends CustomResource<?, ?> & RunResource> Event event(
      R resource, RunStatus next, String reason, String time) {
    var meta = resource.getMetadata();
    var message = Objects.requireNonNullElse(next.message(), "");
    var id = SpecHash.of(meta.getUid(), reason, message, time).substring(0, 16);
    boolean warning = next.phase() == Phase.FAILED || WARNINGS.contains(reason);
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(meta.getNamespace())
        .withName(meta.getName() + "." + id)
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(resource.getApiVersion())
        .withKind(resource.getKind())
        .withNamespace(meta.getNamespace())
        .withName(meta.getName())
        .withUid(meta.getUid())
        .endInvolvedObject()
        .withType(warning ? "Warning" : "Normal")
        .withReason(reason)
        .withMessage(message.substring(0, Math.min(message.length(), MESSAGE_LIMIT)))
        .withNewSource()
        .withComponent("keizoku-operator")
        .endSource()
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  private void count(CustomResource<?, ?> resource, RunStatus before, RunStatus next) {
    var kind = resource.getSingular();
    if (before.phase() != next.phase()) {
      meters
          .counter("keizoku_run_transitions", "kind", kind, "phase", next.phase().name())
          .increment();
    }
    var ended = next.lastAttempt().filter(a -> !a.open());
    var known = before.lastAttempt().filter(a -> !a.open()).map(Attempt::number).orElse(0);
    ended
        .filter(a -> a.number() != known)
        .ifPresent(
            a ->
                meters.counter("keizoku_attempts", "kind", kind, "reason", a.reason()).increment());
  }

  private static String reason(RunStatus status) {
    return status.condition("Ready").map(Condition::reason).orElse(null);
  }
}
