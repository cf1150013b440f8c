package dev.keizoku.operator.job;

import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what matters out of a Job and its pods, as the informers hold them. */
public final class JobObserver {
  private static final String OWN_CONTROLLER = "kubernetes.io/job-controller";

  private JobObserver() {}

  /** What is seen of the Job. */
  public static ObservedJob observe(Job job, Collection<Pod> pods) {
    var meta = job.getMetadata();
    var failed = condition(job, "Failed");
    var outcome =
        failed.isPresent()
            ? ObservedJob.Outcome.FAILED
            : condition(job, "Complete").isPresent()
                ? ObservedJob.Outcome.COMPLETE
                : ObservedJob.Outcome.OPEN;
    var pod =
        current(
                pods.stream()
                    .filter(p -> belongs(p, meta.getUid()))
                    .filter(p -> ofThisStart(p, job)),
                job)
            .map(PodObserver::observe)
            .orElse(null);
    return new ObservedJob(
        meta.getName(),
        meta.getUid(),
        Instant.parse(meta.getCreationTimestamp()),
        meta.getLabels() == null ? null : meta.getLabels().get(Labels.QUEUE),
        OWN_CONTROLLER.equals(job.getSpec().getManagedBy()) ? null : job.getSpec().getManagedBy(),
        gpus(job),
        Boolean.TRUE.equals(job.getSpec().getSuspend()),
        outcome,
        failed.map(c -> c.getReason() + ": " + c.getMessage()).orElse(null),
        pod);
  }

  private static long gpus(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().stream()
        .mapToLong(container -> Gpus.of(container.getResources()).orElse(0))
        .sum();
  }

  /**
   * Whether that owner made it: a pod's is its controller. Labels are anybody's to set. An owner is
   * too, but for the chart's admission policy, without which the first pod of a Job is believed.
   */
  public static boolean belongs(HasMetadata child, String owner) {
    return child.getMetadata().getOwnerReferences().stream()
        .filter(reference -> reference.getUid().equals(owner))
        .anyMatch(reference -> !(child instanceof Pod) || isController(reference));
  }

  private static boolean isController(OwnerReference reference) {
    return Boolean.TRUE.equals(reference.getController()) && "Job".equals(reference.getKind());
  }

  /** The Job that is tried once has one pod a start; of others the last try counts. */
  private static Optional<Pod> current(Stream<Pod> pods, Job job) {
    var byAge = Comparator.<Pod, String>comparing(p -> p.getMetadata().getCreationTimestamp());
    return Integer.valueOf(0).equals(job.getSpec().getBackoffLimit())
        ? pods.min(byAge)
        : pods.max(byAge);
  }

  /** A queue takes a Job back and starts it again; a pod from before says nothing of this start. */
  private static boolean ofThisStart(Pod pod, Job job) {
    var start = job.getStatus() == null ? null : job.getStatus().getStartTime();
    return start == null
        || !Instant.parse(pod.getMetadata().getCreationTimestamp()).isBefore(Instant.parse(start));
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    return job.getStatus() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
            .findFirst();
  }
}
