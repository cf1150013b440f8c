package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.AggregatedOperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the children that are ordered, and takes away those that nobody needs any more. */
final class RunChildren {

  /**
   * Makes run file and Job.
   *
   * @return false in a namespace that is being deleted and takes none; the resource's own deletion
   *     follows
   */
  boolean make(Context<?> context) {
    try {
      context.managedWorkflowAndDependentResourceContext().reconcileManagedWorkflow();
      return true;
    } catch (AggregatedOperatorException e) {
      if (e.getAggregatedExceptions().values().stream().noneMatch(RunChildren::namespaceGoes)) {
        throw e;
      }
      return false;
    }
  }

  static boolean namespaceGoes(Exception fault) {
    return fault instanceof KubernetesClientException refused
        && refused.getStatus() != null
        && refused.getStatus().getDetails() != null
        && refused.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
  }

  /**
   * Deletes Jobs of attempts and plans that go on and are not wanted; their pods get the grace
   * period to save. A Job whose program has ended is left to its controller, and its pod with the
   * log to the user.
   *
   * @param wanted names of Jobs
   */
  void stopSuperfluous(Context<?> context, Set<String> wanted) {
    var pods = context.getSecondaryResources(Pod.class);
    context
        .getSecondaryResourcesAsStream(Job.class)
        .filter(RunChildren::attemptOrPlan)
        .filter(job -> !wanted.contains(job.getMetadata().getName()))
        .filter(job -> !JobObserver.observe(job, pods).ended())
        .forEach(job -> delete(context, job));
  }

  private static boolean attemptOrPlan(Job job) {
    var labels = job.getMetadata().getLabels();
    return labels.containsKey(Labels.ATTEMPT) || labels.containsKey(Labels.PLAN);
  }

  /**
   * Removes Jobs and run files when their time is over.
   *
   * @return when that is; empty when it is done or never comes
   */
  Optional<Instant> expire(Context<?> context, RunPolicy policy, RunStatus status, Instant now) {
    if (policy.ttlSecondsAfterFinished() == null || status.completionTime() == null) {
      return Optional.empty();
    }
    var at = Instant.parse(status.completionTime()).plusSeconds(policy.ttlSecondsAfterFinished());
    if (now.isBefore(at)) {
      return Optional.of(at);
    }
    Stream.<HasMetadata>concat(
            context.getSecondaryResourcesAsStream(Job.class),
            context.getSecondaryResourcesAsStream(ConfigMap.class))
        .forEach(child -> delete(context, child));
    return Optional.empty();
  }

  static void delete(Context<?> context, HasMetadata child) {
    if (child.getMetadata().getDeletionTimestamp() == null) {
      context
          .getClient()
          .resource(child)
          .withPropagationPolicy(DeletionPropagation.BACKGROUND)
          .delete();
    }
  }
}
