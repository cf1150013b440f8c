package dev.keizoku.operator.reconcile;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.ProgressReport.Notice;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.child.ArtifactDeletion;
import dev.keizoku.operator.naming.SpecHash;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import dev.keizoku.operator.words.Times;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each transition once, by an event on the resource. */
public final class RunAnnouncements {
  private static final Logger LOG = LoggerFactory.getLogger(RunAnnouncements.class);
  private static final int MESSAGE_LIMIT = 1024;

  /** Of an event whose request no answer comes to; it has one name, so it is never there twice. */
  private static final int TRIES = 2;

  /**
   * The transition that was told last, by the resource's UID. Where its status did not reach the
   * API server, the next look calculates the same transition, perhaps of a newer resource.
   */
  private final Map<String, String> told = new ConcurrentHashMap<>();

  /** The plan that was told with it. */
  private final Map<String, String> plans = new ConcurrentHashMap<>();

  /** Tells what changed from the resource's status to the next. */
  public <R extends CustomResource<?, ?> & RunResource> void announce(
      KubernetesClient client, R resource, RunStatus next, Instant now) {
    var before = resource.runStatus();
    notices(next).stream()
        .filter(notice -> !notices(before).contains(notice))
        .forEach(
            notice ->
                create(
                    client,
                    event(
                        resource,
                        "Warning",
                        word(notice),
                        notice.message(),
                        notice.time(),
                        notice.time() + notice.message())));
    var reason = reason(next);
    var uid = resource.getMetadata().getUid();
    if (before.phase() == next.phase() && Objects.equals(reason(before), reason)) {
      told.remove(uid);
      return;
    }
    var transition = next.phase() + " " + reason;
    if (transition.equals(told.put(uid, transition))) {
      return;
    }
    plans.remove(uid);
    LOG.info(
        "{} {}/{}: {} ({}) {}",
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        resource.getMetadata().getName(),
        next.phase(),
        reason,
        next.message());
    boolean warning = next.phase() == Phase.FAILED || StatusReason.read(reason).warns();
    var type = warning ? "Warning" : "Normal";
    create(client, event(resource, type, reason, next.message(), Times.text(now), look(resource)));
  }

  /** Tells the plan of a run that may begin: what it needs and how often each corpus is seen. */
  public <R extends CustomResource<?, ?> & RunResource> void planned(
      KubernetesClient client, R resource, String message, Instant now) {
    if (!message.equals(plans.put(resource.getMetadata().getUid(), message))) {
      var time = Times.text(now);
      create(
          client, event(resource, "Normal", Reason.PLANNED.word(), message, time, look(resource)));
    }
  }

  /** Forgets a resource that is gone. */
  void gone(String uid) {
    told.remove(uid);
    plans.remove(uid);
  }

  /** Tells, once a deletion and cause, what the artifacts' deletion waits for. */
  public <R extends CustomResource<?, ?> & RunResource> void waits(
      KubernetesClient client, R resource, ArtifactDeletion.Waits waits) {
    if (waits.reason() != null) {
      create(
          client,
          event(
              resource,
              "Warning",
              waits.reason().text(),
              waits.words(),
              resource.getMetadata().getDeletionTimestamp(),
              resource.getMetadata().getDeletionTimestamp() + waits.words()));
    }
  }

  /**
   * What was looked at: an operator that was killed before the status was written calculates it
   * again from the same, and its event is then the one that is there.
   */
  private static String look(HasMetadata resource) {
    return resource.getMetadata().getResourceVersion();
  }

  private static String word(Notice notice) {
    return StatusReason.ofProgram(notice.reason(), RunReason.UNKNOWN).text();
  }

  private static void create(KubernetesClient client, Event event) {
    for (int tried = 1; tried <= TRIES; tried++) {
      try {
        client.resource(event).create();
        return;
      } catch (KubernetesClientException e) {
        // The status tells the same; a run must not wait for its announcement.
        LOG.debug("Event {} was not written.", event.getMetadata().getName(), e);
        if (e.getCode() != 0) {
          return;
        }
      }
    }
  }

  private static List<Notice> notices(RunStatus status) {
    return status.progress() == null || status.progress().notices() == null
        ? List.of()
        : status.progress().notices();
  }

  private static <R extends CustomResource<?, ?> & RunResource> Event event(
      R resource, String type, String reason, String text, String time, String once) {
    var meta = resource.getMetadata();
    var message = Objects.requireNonNullElse(text, "");
    var id = SpecHash.of(meta.getUid(), reason, once).substring(0, 16);
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
        .withType(type)
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

  private static String reason(RunStatus status) {
    return status.condition("Ready").map(Condition::reason).orElse(null);
  }
}
