package dev.keizoku.operator.reconcile;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.child.ArtifactDeletion;
import dev.keizoku.operator.child.AttemptJob;
import dev.keizoku.operator.child.Children;
import dev.keizoku.operator.child.RunPlan;
import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.run.References;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunKind;
import dev.keizoku.operator.status.Inputs;
import dev.keizoku.operator.status.Observation;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One look at a resource: observe, calculate, stop what is superfluous, make what is ordered, write
 * the status. All of it each time; nothing is remembered between two.
 *
 * @param <R> the resource
 */
public final class RunReconciler<R extends CustomResource<?, ?> & RunResource> {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private static final Duration WHILE_STOPPING = Duration.ofSeconds(2);

  private final RunContext<R> run;
  private final RunServices services;
  private final Instant watchingSince;

  /** The reconciler of that kind. */
  public RunReconciler(RunKind<R> kind, RunServices services) {
    this.run = new RunContext<>(kind, services.settings());
    this.services = services;
    this.watchingSince = services.clock().instant();
  }

  /** What wakes a resource. */
  public List<EventSource<?, R>> eventSources(EventSourceContext<R> context) {
    return new RunEventSources<>(run).prepare(context, services.meters());
  }

  /** One look. */
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    var before = resource.runStatus();
    var seen = observe(resource, context);
    var next = services.calculator().next(run.intent(resource), before, seen);
    var wanted = next.status().openAttempt().map(Attempt::job);
    var plan = RunPlan.of(run, resource, seen.inputs());
    Children.stopSuperfluous(
        context, next.planning() ? Set.of(plan.name()) : wanted.map(Set::of).orElse(Set.of()));
    if (next.planning()) {
      plan.ensure(context);
    }
    var fresh = run.kind().status(resource, next.status(), next.report(), seen.now());
    boolean changed = !Objects.equals(fresh.getStatus(), resource.getStatus());
    // An order is written, carried out on the next look, and seen on the one after.
    boolean ordered = wanted.isPresent() && !seen.job().map(ObservedJob::name).equals(wanted);
    if (!changed && ordered && !new AttemptJob<>(run, resource).ensure(context)) {
      return UpdateControl.noUpdate();
    }
    if (changed) {
      services.announcements().announce(context.getClient(), resource, next.status(), seen.now());
    }
    var expiry = Children.expire(context, resource.runPolicy(), next.status(), seen.now());
    boolean overtaken =
        changed
            && overtaken(
                resource, context.resourceOperations().serverSideApplyPrimaryStatus(fresh));
    UpdateControl<R> control = UpdateControl.noUpdate();
    (ordered || overtaken ? Optional.of(AT_ONCE) : earliest(seen, next.wakeAt(), expiry))
        .ifPresent(pause -> control.rescheduleAfter(pause));
    return control;
  }

  /** Stops the program, which saves its work, and then lets the resource go. */
  public DeleteControl cleanup(R resource, Context<R> context) {
    Children.stopSuperfluous(context, Set.of());
    if (ObservedPod.anyLives(pods(context))) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_STOPPING.toMillis());
    }
    return new ArtifactDeletion<>(run, resource).proceed(context)
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_STOPPING.toMillis());
  }

  /**
   * Whether an edit or a deletion came between the look and its status. The Operator SDK before 5.4
   * drops the event of such a change with that of its own write (its issue 3398).
   */
  private static boolean overtaken(HasMetadata looked, HasMetadata written) {
    return !Objects.equals(
        looked.getMetadata().getGeneration(), written.getMetadata().getGeneration());
  }

  private Observation observe(R resource, Context<R> context) {
    var inputs = inputs(resource, context);
    return new Observation(
        RunPlan.of(run, resource, inputs).observe(context),
        job(resource, context),
        pods(context),
        inputs,
        context.getSecondaryResource(ProgressReport.class),
        services.clock().instant(),
        watchingSince);
  }

  private Inputs inputs(R resource, Context<R> context) {
    if (run.store(resource).bucket() == null) {
      return Inputs.missing(
          RunReason.STORAGE_NOT_CONFIGURED,
          "Set spec.storage.bucket, or install the chart with storage.bucket.");
    }
    return run.kind().inputs(resource, new References(context::getSecondaryResources));
  }

  private Optional<ObservedJob> job(R resource, Context<R> context) {
    var name = resource.runStatus().lastAttempt().map(Attempt::job);
    return context
        .getSecondaryResourcesAsStream(Job.class)
        .filter(job -> name.filter(job.getMetadata().getName()::equals).isPresent())
        .findFirst()
        .map(job -> JobObserver.observe(job, context.getSecondaryResources(Pod.class)));
  }

  private List<ObservedPod> pods(Context<R> context) {
    return context
        .getSecondaryResourcesAsStream(Pod.class)
        .filter(pod -> pod.getMetadata().getLabels().containsKey(Labels.ATTEMPT))
        .map(JobObserver::observe)
        .toList();
  }

  private static Optional<Duration> earliest(
      Observation seen, Optional<Instant> one, Optional<Instant> other) {
    return Stream.of(one, other)
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .map(at -> Duration.between(seen.now(), at).plus(AT_ONCE));
  }
}
