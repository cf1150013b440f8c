package dev.keizoku.operator.job;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.Optional;

/** Reads what matters out of a pod, as the informers hold it. */
public final class PodObserver {
  private PodObserver() {}

  /** What is seen of the pod. */
  public static ObservedPod observe(Pod pod) {
    var status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    var created = Instant.parse(pod.getMetadata().getCreationTimestamp());
    // Others may put containers beside the program, and their names may come before its own.
    var program =
        status.getContainerStatuses().stream()
            .filter(container -> PodShape.PROGRAM.equals(container.getName()))
            .findFirst();
    var state = program.map(ContainerStatus::getState).orElseGet(ContainerState::new);
    var waiting = Optional.ofNullable(state.getWaiting());
    return new ObservedPod(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        created,
        pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
        status.getPhase(),
        loss(pod, status),
        new ObservedPod.Waiting(
            waiting.map(w -> w.getReason()).orElse(null),
            waiting.map(w -> w.getMessage()).orElse(null),
            condition(status, "PodScheduled")
                .filter(c -> "False".equals(c.getStatus()))
                .map(PodCondition::getMessage)
                .orElse(null)),
        startedAt(state, created),
        new ObservedPod.Image(
            asked(pod),
            program.map(ContainerStatus::getImageID).filter(id -> !id.isEmpty()).orElse(null)),
        end(state.getTerminated(), created, othersRun(status)));
  }

  /**
   * Whether something may run in the pod; told without reading the rest, of thousands that ended.
   */
  public static boolean mayRun(Pod pod) {
    return pod.getStatus() != null && !ObservedPod.isFinal(pod.getStatus().getPhase());
  }

  private static boolean othersRun(PodStatus status) {
    return status.getContainerStatuses().stream()
        .filter(container -> !PodShape.PROGRAM.equals(container.getName()))
        .anyMatch(other -> other.getState() != null && other.getState().getRunning() != null);
  }

  private static String asked(Pod pod) {
    return pod.getSpec() == null
        ? null
        : pod.getSpec().getContainers().stream()
            .filter(container -> PodShape.PROGRAM.equals(container.getName()))
            .findFirst()
            .map(Container::getImage)
            .orElse(null);
  }

  /** A container that could not be started has the kubelet's time zero: it never ran. */
  private static Instant startedAt(ContainerState state, Instant created) {
    var text =
        state.getTerminated() != null
            ? state.getTerminated().getStartedAt()
            : state.getRunning() != null ? state.getRunning().getStartedAt() : null;
    return since(text, created);
  }

  private static ObservedPod.End end(
      ContainerStateTerminated terminated, Instant created, boolean othersRun) {
    return terminated == null
        ? null
        : new ObservedPod.End(
            terminated.getExitCode(),
            terminated.getReason(),
            terminated.getMessage(),
            since(terminated.getFinishedAt(), created),
            othersRun);
  }

  private static Instant since(String text, Instant created) {
    var at = text == null ? null : Instant.parse(text);
    return at == null || at.isBefore(created) ? null : at;
  }

  /** A pod that is taken away says so in its status, in a condition, or by being deleted. */
  private static ObservedPod.Loss loss(Pod pod, PodStatus status) {
    var deletion = pod.getMetadata().getDeletionTimestamp();
    var goneBy = deletion == null ? null : Instant.parse(deletion);
    if (status.getReason() != null && "Failed".equals(status.getPhase())) {
      return new ObservedPod.Loss(status.getReason(), status.getMessage(), goneBy);
    }
    return condition(status, "DisruptionTarget")
        .filter(c -> "True".equals(c.getStatus()))
        .map(c -> new ObservedPod.Loss(c.getReason(), c.getMessage(), goneBy))
        .or(
            () ->
                Optional.ofNullable(goneBy).map(at -> new ObservedPod.Loss("PodDeleted", null, at)))
        .or(() -> silentNode(status))
        .orElse(null);
  }

  /**
   * The cluster takes a pod's readiness back when its node stops answering; the kubelet, who would
   * say why, says nothing any more, so that the containers still count as ready.
   */
  private static Optional<ObservedPod.Loss> silentNode(PodStatus status) {
    boolean ready =
        condition(status, "ContainersReady").filter(c -> "True".equals(c.getStatus())).isPresent();
    return condition(status, "Ready")
        .filter(c -> ready && "False".equals(c.getStatus()))
        .filter(c -> c.getReason() == null || c.getReason().isEmpty())
        .map(c -> new ObservedPod.Loss(ObservedPod.NODE_SILENT, c.getLastTransitionTime(), null));
  }

  private static Optional<PodCondition> condition(PodStatus status, String type) {
    return status.getConditions().stream().filter(c -> type.equals(c.getType())).findFirst();
  }
}
