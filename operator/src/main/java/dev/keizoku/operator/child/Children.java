package dev.keizoku.operator.child;

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
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the children that are ordered, and takes away those that nobody needs any more. */
public final class Children {
  private Children() {}

  /**
   * Makes a child that belongs to the resource; what is there by that name is left as it is.
   *
   * @return false in a namespace that is being deleted and takes none; the resource's own deletion
   *     follows
   */
  public static <P extends HasMetadata, C extends HasMetadata> boolean ensure(
      Context<P> context, P owner, C child) {
    child.addOwnerReference(owner);
    try {
      remember(context, context.getClient().resource(child).create());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && !namespaceGoes(e)) {
        throw e;
      }
      return !namespaceGoes(e);
    }
  }

  /** The next look comes before the informer has heard of the child. */
  private static <P extends HasMetadata, C extends HasMetadata> void remember(
      Context<P> context, C made) {
    @SuppressWarnings("unchecked")
    var kind = (Class<C>) made.getClass();
    if (context.eventSourceRetriever().getEventSourceFor(kind)
        instanceof InformerEventSource<C, P> informer) {
      informer.handleRecentResourceCreate(ResourceID.fromResource(made), made);
    }
  }

  private static boolean namespaceGoes(KubernetesClientException refused) {
    return refused.getStatus() != null
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
  public static void stopSuperfluous(Context<?> context, Set<String> wanted) {
    var pods = context.getSecondaryResources(Pod.class);
    context
        .getSecondaryResourcesAsStream(Job.class)
        .filter(Children::attemptOrPlan)
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
  public static Optional<Instant> expire(
      Context<?> context, RunPolicy policy, RunStatus status, Instant now) {
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
