package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.job.ObservedJob;
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
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the children that are ordered, and takes away those that nobody needs any more. */
public final class Children {
  private static final int ENDED_JOBS_KEPT = 3;

  /** Creation is known to the second, in which several attempts can end; numbers have no zeros. */
  private static final Comparator<Job> BY_AGE =
      Comparator.comparing((Job job) -> job.getMetadata().getCreationTimestamp())
          .thenComparing(job -> attempt(job).length())
          .thenComparing(Children::attempt);

  private Children() {}

  /**
   * Makes a child that belongs to the resource; what is there by that name is left as it is.
   *
   * @return why there is none; empty when it is there
   */
  public static <P extends HasMetadata, C extends HasMetadata> Optional<Refusal> ensure(
      Context<P> context, P owner, C child) {
    child.addOwnerReference(owner);
    try {
      remember(context, context.getClient().resource(child).create());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return e.getCode() == HttpURLConnection.HTTP_CONFLICT
          ? taken(context, owner, child)
          : Optional.of(Refusal.of(child.getKind() + " " + child.getMetadata().getName(), e));
    }
  }

  /** What is there by that name is the one that was wanted, or somebody else's. */
  private static Optional<Refusal> taken(Context<?> context, HasMetadata owner, HasMetadata child) {
    var there = context.getClient().resource(child).get();
    return there == null || JobObserver.belongs(there, owner.getMetadata().getUid())
        ? Optional.empty()
        : Optional.of(Refusal.taken(child.getKind() + " " + child.getMetadata().getName()));
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

  /** Those children of the resource that are its own; a label is anybody's to set. */
  public static <C extends HasMetadata> List<C> of(
      Context<?> context, HasMetadata owner, Class<C> kind) {
    return context
        .getSecondaryResourcesAsStream(kind)
        .filter(child -> JobObserver.belongs(child, owner.getMetadata().getUid()))
        .toList();
  }

  /**
   * Deletes Jobs of attempts and plans that go on and are not wanted; their pods get the grace
   * period to save. A Job whose program has ended is left to its controller, and its pod with the
   * log to the user.
   *
   * @param wanted names of Jobs
   */
  public static void stopSuperfluous(Context<?> context, HasMetadata owner, Set<String> wanted) {
    unwanted(context, owner, wanted)
        .filter(job -> !job.seen().ended())
        .forEach(job -> delete(context, job.made()));
  }

  /**
   * Deletes Jobs whose program has ended while another container keeps the pod, and the devices
   * that it holds. Only after the status knows how the program ended.
   */
  public static void stopLingering(Context<?> context, HasMetadata owner, Set<String> wanted) {
    stopLingering(context, unwanted(context, owner, wanted));
  }

  private static void stopLingering(Context<?> context, Stream<Unwanted> jobs) {
    jobs.filter(job -> job.seen().pod() != null && job.seen().pod().lingers())
        .forEach(job -> delete(context, job.made()));
  }

  /**
   * Stops those that linger, and removes all but the newest of the Jobs that have ended: a run that
   * is preempted five hundred times does not keep five hundred pods. How they ended is in the
   * status.
   */
  public static void clearAway(Context<?> context, HasMetadata owner, Set<String> wanted) {
    var jobs = unwanted(context, owner, wanted).toList();
    stopLingering(context, jobs.stream());
    for (var label : List.of(Labels.ATTEMPT, Labels.PLAN)) {
      jobs.stream()
          .filter(job -> job.seen().outcome() != ObservedJob.Outcome.OPEN)
          .map(Unwanted::made)
          .filter(job -> job.getMetadata().getLabels().containsKey(label))
          .sorted(BY_AGE.reversed())
          .skip(ENDED_JOBS_KEPT)
          .forEach(job -> delete(context, job));
    }
  }

  private static String attempt(Job job) {
    return job.getMetadata().getLabels().getOrDefault(Labels.ATTEMPT, "");
  }

  private record Unwanted(Job made, ObservedJob seen) {}

  private static Stream<Unwanted> unwanted(
      Context<?> context, HasMetadata owner, Set<String> wanted) {
    var pods = context.getSecondaryResources(Pod.class);
    return of(context, owner, Job.class).stream()
        .filter(Children::attemptOrPlan)
        .filter(job -> !wanted.contains(job.getMetadata().getName()))
        .map(job -> new Unwanted(job, JobObserver.observe(job, pods)));
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
      Context<?> context, HasMetadata owner, RunPolicy policy, RunStatus status, Instant now) {
    if (policy.ttlSecondsAfterFinished() == null || status.completionTime() == null) {
      return Optional.empty();
    }
    var at = Instant.parse(status.completionTime()).plusSeconds(policy.ttlSecondsAfterFinished());
    if (now.isBefore(at)) {
      return Optional.of(at);
    }
    Stream.<HasMetadata>concat(
            of(context, owner, Job.class).stream(), of(context, owner, ConfigMap.class).stream())
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
