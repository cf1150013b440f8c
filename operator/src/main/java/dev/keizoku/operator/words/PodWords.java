package dev.keizoku.operator.words;

import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says of an attempt that goes on where it is, in sentences that a user can act on. */
public final class PodWords {
  private static final Set<String> PULLING =
      Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");
  private static final Map<String, RunReason> CONFIGURING =
      Map.of(
          "CreateContainerConfigError", RunReason.CREATE_CONTAINER_CONFIG_ERROR,
          "CreateContainerError", RunReason.CREATE_CONTAINER_ERROR,
          "RunContainerError", RunReason.RUN_CONTAINER_ERROR);

  private PodWords() {}

  /** The headline of an attempt of which nothing is seen yet. */
  public static Headline ordered(Attempt attempt) {
    return starting("Job %s and its pod come next.".formatted(attempt.job()));
  }

  /**
   * The headline of an open attempt.
   *
   * @param obstacle what the cluster says against its Job or pod
   */
  public static Headline of(
      Attempt attempt, Optional<ObservedJob> job, Optional<Headline> obstacle, Instant now) {
    if (job.isEmpty()) {
      return obstacle.orElseGet(() -> ordered(attempt));
    }
    if (job.get().suspended()) {
      return obstacle.orElseGet(() -> queued(job.get()));
    }
    var pod = job.get().pod();
    if (pod == null) {
      return obstacle.orElseGet(() -> ordered(attempt));
    }
    return lost(List.of(pod), pod.running() ? Phase.RUNNING : Phase.PENDING, now)
        .or(() -> silent(attempt, pod))
        .or(() -> running(attempt, pod))
        .or(() -> hindrance(pod))
        .or(() -> obstacle)
        .orElseGet(() -> starting("Pod %s is starting.".formatted(pod.name())));
  }

  private static Headline queued(ObservedJob job) {
    return new Headline(
        Phase.QUEUED,
        RunReason.WAITING_FOR_QUOTA,
        job.queue() == null
            ? "Job %s is suspended, though spec.queueName names no queue.".formatted(job.name())
            : "Waits for quota of the queue %s.".formatted(job.queue()));
  }

  private static Optional<Headline> silent(Attempt attempt, ObservedPod pod) {
    return Optional.ofNullable(pod.loss())
        .filter(loss -> pod.running() && ObservedPod.NODE_SILENT.equals(loss.reason()))
        .map(
            loss ->
                new Headline(
                    Phase.RUNNING,
                    RunReason.NODE_LOST,
                    ("Node %s has not answered since %s; attempt %d may be at work there. If it"
                            + " comes back, nothing is lost; else its pod is given up after some"
                            + " minutes, by default five, and this says what to do then.")
                        .formatted(pod.node(), loss.message(), attempt.number())));
  }

  private static Optional<Headline> running(Attempt attempt, ObservedPod pod) {
    return pod.running()
        ? Optional.of(
            new Headline(
                Phase.RUNNING,
                RunReason.RUNNING,
                "Attempt %d runs on node %s.".formatted(attempt.number(), pod.node())))
        : Optional.empty();
  }

  /**
   * What is said of a pod that should have been gone long ago. Kubernetes deletes it only when its
   * node answers or is itself gone, and until then the program may be at work there.
   */
  public static Optional<Headline> lost(Collection<ObservedPod> pods, Phase phase, Instant now) {
    return pods.stream()
        .filter(pod -> pod.overdue(now))
        .findFirst()
        .map(
            pod ->
                new Headline(
                    phase,
                    RunReason.NODE_LOST,
                    ("Node %s does not answer: pod %s (%s) should have been gone at %s. If the node"
                            + " is lost for good, delete the Node or taint it"
                            + " node.kubernetes.io/out-of-service; if only the pod is, delete it"
                            + " with --force. The run then goes on from its checkpoint.")
                        .formatted(
                            pod.node(),
                            pod.name(),
                            pod.loss().reason(),
                            Times.text(pod.loss().goneBy()))));
  }

  /** What keeps a pod from starting; empty when nothing is known to. */
  public static Optional<Headline> hindrance(ObservedPod pod) {
    var waits = pod.waiting();
    if (waits.unschedulable() != null) {
      return Optional.of(
          new Headline(
              Phase.QUEUED,
              RunReason.UNSCHEDULABLE,
              "No node has room: %s".formatted(waits.unschedulable())));
    }
    var words = Objects.requireNonNullElse(waits.message(), "");
    var waiting = Objects.requireNonNullElse(waits.reason(), "");
    if (PULLING.contains(waiting)) {
      return Optional.of(
          new Headline(
              Phase.PENDING,
              RunReason.IMAGE_PULL_BACK_OFF,
              "The image cannot be pulled; check spec.image and podTemplate.imagePullSecrets: "
                  + words));
    }
    return Optional.ofNullable(CONFIGURING.get(waiting))
        .map(
            reason ->
                new Headline(
                    Phase.PENDING,
                    reason,
                    "The pod cannot start; it does as soon as this is mended: " + words));
  }

  private static Headline starting(String message) {
    return new Headline(Phase.PENDING, RunReason.POD_STARTING, message);
  }
}
