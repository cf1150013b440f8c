package dev.keizoku.operator.words;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
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

  /** The headline of an open attempt. */
  public static Headline of(Attempt attempt, Optional<ObservedJob> job, RunPolicy policy) {
    if (job.map(ObservedJob::suspended).orElse(false)) {
      return new Headline(
          Phase.QUEUED,
          RunReason.WAITING_FOR_QUOTA,
          "Waits for quota of the queue %s.".formatted(policy.queueName()));
    }
    var pod = job.map(ObservedJob::pod).orElse(null);
    if (pod == null) {
      return starting("Job %s is made; its pod comes next.".formatted(attempt.job()));
    }
    if (pod.running()) {
      return new Headline(
          Phase.RUNNING,
          RunReason.RUNNING,
          "Attempt %d runs on node %s.".formatted(attempt.number(), pod.node()));
    }
    return hindrance(pod).orElseGet(() -> starting("Pod %s is starting.".formatted(pod.name())));
  }

  /** What keeps a pod from starting; empty when nothing is known to. */
  public static Optional<Headline> hindrance(ObservedPod pod) {
    if (pod.unschedulable() != null) {
      return Optional.of(
          new Headline(
              Phase.QUEUED,
              RunReason.UNSCHEDULABLE,
              "No node has room: %s".formatted(pod.unschedulable())));
    }
    var words = Objects.requireNonNullElse(pod.waitingMessage(), "");
    var waiting = Objects.requireNonNullElse(pod.waitingReason(), "");
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
