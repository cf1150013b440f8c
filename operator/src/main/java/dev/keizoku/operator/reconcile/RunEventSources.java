package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.job.PodObserver;
import dev.keizoku.operator.job.ProgressPoller;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.referred.OwnChanges;
import dev.keizoku.operator.referred.Referring;
import dev.keizoku.operator.run.RunContext;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What wakes a resource beside its own change: its children, what its program says, and the
 * resources that it refers to.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param services that the reconciler shares with the others
 */
record RunEventSources<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, RunServices services) {
  /** Thousands are read at a start, and never all of them in one answer. */
  private static final long PAGE = 500;

  /** The event sources of a controller; also registers its gauges. */
  List<EventSource<?, R>> prepare(EventSourceContext<R> context) {
    var pods = labelled(context, Pod.class, "pods");
    var sources = new ArrayList<EventSource<?, R>>();
    var jobs = labelled(context, Job.class, "jobs");
    sources.add(jobs);
    sources.add(labelled(context, ConfigMap.class, "run-files"));
    sources.add(pods);
    sources.add(
        new ProgressPoller<R>(
            run.settings().progress(),
            () ->
                pods.list(pod -> pod.getMetadata().getLabels().containsKey(Labels.ATTEMPT))
                    .filter(PodObserver::mayRun)
                    .filter(pod -> ofAJob(pod, jobs)),
            id ->
                context.getPrimaryCache().get(id).map(r -> Labels.annotation(r, Labels.CHECKPOINT)),
            services.gate()::works,
            services.clock()));
    for (var kind : run.kind().refersTo()) {
      sources.add(
          new Referring<>(run.kind(), kind, context.getPrimaryCache(), services.referred()));
    }
    services.referred().keptBy(run.kind().type(), keeper(context));
    sources.add(new OwnChanges<>(services.referred(), services.told()::gone));
    services
        .told()
        .meters()
        .watch(
            HasMetadata.getSingular(run.kind().type()),
            phase -> context.getPrimaryCache().list(r -> r.runStatus().phase() == phase).count());
    return sources;
  }

  private static <R extends HasMetadata> ControllerEventSource<R> keeper(
      EventSourceContext<R> context) {
    return (ControllerEventSource<R>) context.getPrimaryCache();
  }

  /** Any pod may carry a run's labels; only those of its Jobs are asked. */
  private static boolean ofAJob(Pod pod, Cache<Job> jobs) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            owner ->
                jobs.get(new ResourceID(owner.getName(), pod.getMetadata().getNamespace()))
                    .filter(job -> job.getMetadata().getUid().equals(owner.getUid()))
                    .isPresent());
  }

  private <S extends HasMetadata> InformerEventSource<S, R> labelled(
      EventSourceContext<R> context, Class<S> child, String name) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(child, run.kind().type())
            .withName(name)
            .withInformerListLimit(PAGE)
            .withLabelSelector(Labels.selector(run.kind().type()))
            .withSecondaryToPrimaryMapper(
                made ->
                    Set.of(
                        new ResourceID(
                            made.getMetadata().getLabels().get(Labels.NAME),
                            made.getMetadata().getNamespace())))
            .build(),
        context);
  }
}
