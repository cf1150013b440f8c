package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Says of an attempt that goes on where it is, in sentences that a user can act on. */
final class PodWords {
  private static final Set<String> PULLING =
      Set.of("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName");
  private static final Set<String> CONFIGURING =
      Set.of("CreateContainerConfigError", "CreateContainerError", "RunContainerError");

  private PodWords() {}

  static Headline of(Attempt attempt, Optional<ObservedJob> job, RunPolicy policy) {
    if (job.map(ObservedJob::suspended).orElse(false)) {
      return new Headline(
          Phase.QUEUED,
          "WaitingForQuota",
          "Waits for quota of the queue %s.".formatted(policy.queueName()));
    }
    var pod = job.map(ObservedJob::pod).orElse(null);
    if (pod == null) {
      return starting("Job %s is made; its pod comes next.".formatted(attempt.job()));
    }
    if (pod.running()) {
      return new Headline(
          Phase.RUNNING,
          "Running",
          "Attempt %d runs on node %s.".formatted(attempt.number(), pod.node()));
    }
    return hindrance(pod).orElseGet(() -> starting("Pod %s is starting.".formatted(pod.name())));
  }

  /** What keeps a pod from starting; empty when nothing is known to. */
  static Optional<Headline> hindrance(ObservedPod pod) {
    if (pod.unschedulable() != null) {
      return Optional.of(
          new Headline(
              Phase.QUEUED,
              "Unschedulable",
              "No node has room: %s".formatted(pod.unschedulable())));
    }
    var words = Objects.requireNonNullElse(pod.waitingMessage(), "");
    if (PULLING.contains(Objects.requireNonNullElse(pod.waitingReason(), ""))) {
      return Optional.of(
          new Headline(
              Phase.PENDING,
              "ImagePullBackOff",
              "The image cannot be pulled; check spec.image and podTemplate.imagePullSecrets: "
                  + words));
    }
    if (CONFIGURING.contains(Objects.requireNonNullElse(pod.waitingReason(), ""))) {
      return Optional.of(
          new Headline(
              Phase.PENDING,
              pod.waitingReason(),
              "The pod cannot start; it does as soon as this is mended: " + words));
    }
    return Optional.empty();
  }

  private static Headline starting(String message) {
    return new Headline(Phase.PENDING, "PodStarting", message);
  }
}
