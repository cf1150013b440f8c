package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.child.Refusal;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the cluster says of a Job whose pod does not come, or of a pod that does not start. The Job
 * controller and the kubelet write it into events and nowhere else. Asked for only then: nobody
 * needs the events of all pods in a cache.
 *
 * @param client that may list events
 * @param namespace of the Job
 * @param warnings that all who wait share
 */
record ClusterEvents(KubernetesClient client, String namespace, Warnings warnings) {
  /** Pods come sooner than this where nothing stands against them. */
  private static final Duration POD_COMES = Duration.ofSeconds(2);

  private static final Duration POD_STARTS = Duration.ofSeconds(10);

  /** Of one answer, so that a namespace full of events does not have to fit into memory. */
  private static final long PAGE = 500;

  private static final Map<String, RunReason> OF_PODS =
      Map.of(
          "FailedMount", RunReason.VOLUME_NOT_READY,
          "FailedAttachVolume", RunReason.VOLUME_NOT_READY,
          "FailedMapVolume", RunReason.VOLUME_NOT_READY);

  /** Why the Job's pod does not come or start; empty when nobody says, or it does. */
  Optional<Headline> against(ObservedJob job, Instant now) {
    var pod = job.pod();
    if (pod == null) {
      return job.suspended() || now.isBefore(job.createdAt().plus(POD_COMES))
          ? Optional.empty()
          : newest(job.uid())
              .map(event -> Refusal.headline("a pod of Job " + job.name(), event.message()));
    }
    boolean quiet =
        pod.startedAt() == null && !pod.terminal() && pod.waiting().unschedulable() == null;
    return quiet && !now.isBefore(pod.createdAt().plus(POD_STARTS))
        ? newest(pod.uid()).map(event -> notStarting(pod, event))
        : Optional.empty();
  }

  private static Headline notStarting(ObservedPod pod, Warnings.Warning event) {
    return new Headline(
        Phase.PENDING,
        OF_PODS.getOrDefault(event.reason(), RunReason.POD_NOT_STARTING),
        "Pod %s does not start (%s); it does as soon as this is mended: %s"
            .formatted(pod.name(), event.reason(), event.message()));
  }

  private Optional<Warnings.Warning> newest(String uid) {
    return warnings.about(namespace, uid, this::page);
  }

  private EventList page(String from) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("type", "Warning")
        .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(from).build());
  }
}
