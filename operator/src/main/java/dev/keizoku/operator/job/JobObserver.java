package dev.keizoku.operator.job;

import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Reads what matters out of a Job and its pods, as the informers hold them. */
public final class JobObserver {
  private JobObserver() {}

  /** What is seen of the Job. */
  public static ObservedJob observe(Job job, Collection<Pod> pods) {
    var name = job.getMetadata().getName();
    var failed = condition(job, "Failed");
    var outcome =
        failed.isPresent()
            ? ObservedJob.Outcome.FAILED
            : condition(job, "Complete").isPresent()
                ? ObservedJob.Outcome.COMPLETE
                : ObservedJob.Outcome.OPEN;
    var pod =
        pods.stream()
            .filter(p -> name.equals(jobName(p)))
            .max(Comparator.comparing(p -> p.getMetadata().getCreationTimestamp()))
            .map(JobObserver::observe)
            .orElse(null);
    return new ObservedJob(
        name,
        Boolean.TRUE.equals(job.getSpec().getSuspend()),
        outcome,
        failed.map(c -> c.getReason() + ": " + c.getMessage()).orElse(null),
        pod);
  }

  /** What is seen of one pod. */
  public static ObservedPod observe(Pod pod) {
    var status = pod.getStatus() == null ? new PodStatus() : pod.getStatus();
    var container = status.getContainerStatuses().stream().findFirst();
    var state = container.map(ContainerStatus::getState);
    var waiting = state.map(s -> s.getWaiting());
    var running = state.map(s -> s.getRunning());
    var terminated = state.map(s -> s.getTerminated());
    var startedAt =
        terminated
            .map(t -> t.getStartedAt())
            .or(() -> running.map(r -> r.getStartedAt()))
            .map(Instant::parse);
    var end =
        terminated.map(
            t ->
                new ObservedPod.End(
                    t.getExitCode(),
                    t.getReason(),
                    t.getMessage(),
                    ProgramWords.finalReport(t.getMessage()).orElse(null),
                    t.getFinishedAt() == null ? null : Instant.parse(t.getFinishedAt())));
    return new ObservedPod(
        pod.getMetadata().getName(),
        pod.getSpec() == null ? null : pod.getSpec().getNodeName(),
        status.getPodIP(),
        status.getPhase(),
        lossReason(pod, status),
        waiting.map(w -> w.getReason()).orElse(null),
        waiting.map(w -> w.getMessage()).orElse(null),
        condition(status, "PodScheduled")
            .filter(c -> "False".equals(c.getStatus()))
            .map(PodCondition::getMessage)
            .orElse(null),
        startedAt.orElse(null),
        end.orElse(null));
  }

  /** Name of the Job that a pod belongs to; null when it belongs to none. */
  public static String jobName(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    return labels == null ? null : labels.get(Labels.JOB_NAME);
  }

  /** A pod that was taken away says so in its status, in a condition, or by being deleted. */
  private static String lossReason(Pod pod, PodStatus status) {
    if (status.getReason() != null && "Failed".equals(status.getPhase())) {
      return status.getReason();
    }
    return condition(status, "DisruptionTarget")
        .filter(c -> "True".equals(c.getStatus()))
        .map(PodCondition::getReason)
        .orElse(pod.getMetadata().getDeletionTimestamp() == null ? null : "PodDeleted");
  }

  private static Optional<PodCondition> condition(PodStatus status, String type) {
    return status.getConditions().stream().filter(c -> type.equals(c.getType())).findFirst();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
            .findFirst();
  }
}
