package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.child.Children;
import dev.keizoku.operator.child.EndedJob;
import dev.keizoku.operator.child.RunPlan;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.job.PodObserver;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.queue.QueueWords;
import dev.keizoku.operator.referred.ReferredResources;
import dev.keizoku.operator.run.References;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.status.Inputs;
import dev.keizoku.operator.status.Observation;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is seen of a resource's run: its own children, whoever else may carry their labels, and what
 * its references lead to.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param clock the time
 * @param vigil since when this operator watches without a break
 * @param warnings what the cluster says of pods that do not come
 * @param referred the resources that it may refer to
 */
record RunObserver<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, Clock clock, Vigil vigil, Warnings warnings, ReferredResources referred) {

  Observation observe(R resource, Context<R> context) {
    var inputs = inputs(resource);
    var now = clock.instant();
    var seen =
        new Observation(
            RunPlan.of(run, resource, inputs).observe(context),
            job(resource, context),
            pods(resource, context),
            inputs,
            context.getSecondaryResource(HeardProgress.class),
            Optional.empty(),
            Optional.empty(),
            now,
            vigil.since(now));
    var events =
        new ClusterEvents(context.getClient(), resource.getMetadata().getNamespace(), warnings);
    var queues = new QueueWords(context.getClient(), resource.getMetadata().getNamespace());
    return seen.onItsWay()
        .flatMap(job -> queues.about(job).or(() -> events.against(job, seen.now())))
        .map(seen::with)
        .orElse(seen);
  }

  private Inputs inputs(R resource) {
    var store = run.store(resource);
    if (store.bucket() == null) {
      return Inputs.missing(
          RunReason.STORAGE_NOT_CONFIGURED,
          "Set spec.storage.bucket, or install the chart with storage.bucket.");
    }
    if (store.endpoint() == null) {
      return Inputs.missing(
          RunReason.STORAGE_NOT_CONFIGURED,
          "Set spec.storage.endpoint, or for AWS S3 spec.storage.region, or install the chart with"
              + " storage.endpoint or storage.region.");
    }
    return run.kind().inputs(resource, new References(known(resource)));
  }

  /** Also those that only what the resource refers to refers to. */
  private References.Known known(R resource) {
    return new References.Known() {
      @Override
      public <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
        return referred.find(kind, new ResourceID(name, resource.getMetadata().getNamespace()));
      }
    };
  }

  private Optional<ObservedJob> job(R resource, Context<R> context) {
    var last = resource.runStatus().lastAttempt();
    return Children.of(context, resource, Job.class).stream()
        .filter(job -> last.filter(attempt -> isOf(attempt, job)).isPresent())
        .findFirst()
        .map(job -> EndedJob.observe(job, last.filter(Attempt::open).isPresent(), context));
  }

  /** A Job whose pod was seen is that one and no other of its name. */
  private static boolean isOf(Attempt attempt, Job job) {
    return job.getMetadata().getName().equals(attempt.job())
        && (attempt.pod() == null
            || attempt.jobUid() == null
            || attempt.jobUid().equals(job.getMetadata().getUid()));
  }

  /** The pods of all attempts that are still there, with or without their Jobs. */
  List<ObservedPod> pods(R resource, Context<R> context) {
    var jobs =
        Stream.concat(
                Children.of(context, resource, Job.class).stream()
                    .map(job -> job.getMetadata().getUid()),
                resource.runStatus().attempts().stream().map(Attempt::jobUid))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return context
        .getSecondaryResourcesAsStream(Pod.class)
        .filter(pod -> pod.getMetadata().getLabels().containsKey(Labels.ATTEMPT))
        .filter(pod -> jobs.stream().anyMatch(uid -> JobObserver.belongs(pod, uid)))
        .map(PodObserver::observe)
        .toList();
  }
}
