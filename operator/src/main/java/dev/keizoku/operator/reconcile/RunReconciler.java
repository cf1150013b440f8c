package dev.keizoku.operator.reconcile;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.child.ArtifactDeletion;
import dev.keizoku.operator.child.AttemptJob;
import dev.keizoku.operator.child.Children;
import dev.keizoku.operator.child.Refusal;
import dev.keizoku.operator.child.RunPlan;
import dev.keizoku.operator.child.Trial;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.profile.RunProfiles;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunKind;
import dev.keizoku.operator.status.Observation;
import dev.keizoku.operator.status.ProgressWrites;
import dev.keizoku.operator.status.RunStatusCalculator.Next;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at a resource: observe, calculate, stop what is superfluous, make what is ordered, write
 * the status. All of it each time; nothing is remembered between two.
 *
 * @param <R> the resource
 */
public final class RunReconciler<R extends CustomResource<?, ?> & RunResource> {
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private static final Duration WHILE_UNHEARD = Duration.ofSeconds(1);
  private static final Duration WHILE_STOPPING = Duration.ofSeconds(2);
  private static final Duration WHILE_REFUSED = Duration.ofSeconds(15);
  private static final Duration WHILE_QUEUED = Duration.ofSeconds(20);
  private static final Logger LOG = LoggerFactory.getLogger(RunReconciler.class);

  private final RunContext<R> run;
  private final RunServices services;
  private final RunObserver<R> observer;
  private final HeardOf<R> heard;

  /** The reconciler of that kind. */
  public RunReconciler(RunKind<R> kind, RunServices services) {
    this.run = new RunContext<>(kind, services.settings());
    this.services = services;
    this.heard = new HeardOf<>(kind);
    this.observer =
        new RunObserver<>(run, services.clock(), new Vigil(System::nanoTime), services.warnings());
  }

  /** What wakes a resource. */
  public List<EventSource<?, R>> eventSources(EventSourceContext<R> context) {
    return new RunEventSources<>(run, services).prepare(context);
  }

  /** One look. */
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    return services.gate().within(() -> look(resource, context), UpdateControl::noUpdate);
  }

  private UpdateControl<R> look(R resource, Context<R> context) {
    if (resource.runStatus().phase() == null && resource.runStatus().observedGeneration() != null) {
      // A newer operator's phase, which says nothing here; to run it again could cost much.
      return UpdateControl.noUpdate();
    }
    if (!heard.all(resource.getMetadata().getNamespace(), context)) {
      return UpdateControl.<R>noUpdate().rescheduleAfter(WHILE_UNHEARD);
    }
    letOff(resource, context);
    var standing = new RunProfiles<>(run, context.getClient()).of(resource);
    var control = reconcile(resource, standing, context);
    if (context.getPrimaryCache().get(ResourceID.fromResource(resource)).isEmpty()) {
      services.gone(resource.getMetadata().getUid());
    }
    return control;
  }

  /** Takes the finalizer off that an edit, or an operator before this one, left. */
  private void letOff(R resource, Context<R> context) {
    var held = resource.getMetadata().getFinalizers();
    if (resource.goesByItself()
        && held.contains(context.getControllerConfiguration().getFinalizerName())) {
      context.resourceOperations().removeFinalizer();
    }
  }

  private UpdateControl<R> reconcile(
      R stored, RunProfiles.Standing<R> standing, Context<R> context) {
    var resource = standing.resource();
    var tried =
        standing.against().isPresent()
            ? Optional.<Refusal>empty()
            : new Trial<>(run, resource).refusal(context.getClient());
    var against = standing.against().or(() -> tried.map(Refusal::headline));
    var seen = observer.observe(resource, context).tried(against);
    var next = next(resource, seen);
    var refusal = carryOut(resource, context, next, seen);
    if (tried.or(() -> refusal).map(Refusal::namespaceGoes).orElse(false)) {
      return UpdateControl.noUpdate();
    }
    if (refusal.isPresent()) {
      seen = seen.with(refusal.get().headline());
      next = next(resource, seen);
    }
    var told = ProgressWrites.told(stored.runStatus(), next.status(), progressEvery());
    var fresh = run.kind().status(resource, told, next.report(), seen.now());
    boolean changed = !Objects.equals(fresh.getStatus(), stored.getStatus());
    boolean refused =
        refusal.isPresent() || against.filter(a -> a.message().equals(told.message())).isPresent();
    return write(resource, context, new Outcome<>(fresh, next, seen, changed, refused));
  }

  /**
   * What a look comes to.
   *
   * @param fresh holds the next status
   * @param next what was calculated
   * @param seen from what
   * @param changed whether the status is another
   * @param refused whether it is tried again soon
   */
  private record Outcome<R>(
      R fresh, Next next, Observation seen, boolean changed, boolean refused) {}

  private UpdateControl<R> write(R resource, Context<R> context, Outcome<R> outcome) {
    var fresh = outcome.fresh();
    var next = outcome.next();
    var seen = outcome.seen();
    boolean changed = outcome.changed();
    if (changed) {
      services.announcements().announce(context.getClient(), resource, next.status(), seen.now());
      tellPlan(context, resource, next, seen);
    } else {
      Children.stopLingering(context, resource, wanted(resource, next, seen));
      Children.prune(context, resource, wanted(resource, next, seen));
    }
    var expiry =
        Children.expire(context, resource, resource.runPolicy(), next.status(), seen.now());
    boolean overtaken =
        changed
            && overtaken(
                resource, context.resourceOperations().serverSideApplyPrimaryStatus(fresh));
    services.meters().changed(resource, next.status(), seen.now());
    UpdateControl<R> control = UpdateControl.noUpdate();
    pause(seen, next, outcome.refused(), expiry)
        .map(pause -> overtaken ? AT_ONCE : pause)
        .or(() -> overtaken ? Optional.of(AT_ONCE) : Optional.empty())
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  private Duration progressEvery() {
    return services.settings().progress().writeInterval();
  }

  private void tellPlan(Context<R> context, R resource, Next next, Observation seen) {
    next.report()
        .filter(report -> Reason.PLANNED.word().equals(report.reason()))
        .map(FinalReport::message)
        .ifPresent(
            told ->
                services.announcements().planned(context.getClient(), resource, told, seen.now()));
  }

  private Next next(R resource, Observation seen) {
    return services.calculator().next(run.intent(resource), resource.runStatus(), seen);
  }

  /**
   * Stops what is superfluous and makes what is ordered. An attempt is an order once it stands in
   * the status that the API server holds: it is written, carried out on the next look, and seen on
   * the one after.
   */
  private Optional<Refusal> carryOut(R resource, Context<R> context, Next next, Observation seen) {
    Children.stopSuperfluous(context, resource, wanted(resource, next, seen));
    if (next.planning()) {
      return RunPlan.of(run, resource, seen.inputs()).ensure(context);
    }
    var standing = resource.runStatus().openAttempt().map(Attempt::job);
    return standing.isPresent() && standing.equals(ordered(next, seen))
        ? new AttemptJob<>(run, resource).ensure(context)
        : Optional.empty();
  }

  private Set<String> wanted(R resource, Next next, Observation seen) {
    return next.planning()
        ? Set.of(RunPlan.of(run, resource, seen.inputs()).name())
        : next.status().openAttempt().map(Attempt::job).map(Set::of).orElse(Set.of());
  }

  /** Name of the Job that is to be made. */
  private static Optional<String> ordered(Next next, Observation seen) {
    return next.status()
        .openAttempt()
        .map(Attempt::job)
        .filter(name -> !seen.job().map(ObservedJob::name).equals(Optional.of(name)));
  }

  private static Optional<Duration> pause(
      Observation seen, Next next, boolean refused, Optional<Instant> expiry) {
    if (refused) {
      return Optional.of(WHILE_REFUSED);
    }
    // Kueue writes into its own object, which nobody watches.
    if (seen.onItsWay().filter(ObservedJob::suspended).isPresent()) {
      return Optional.of(WHILE_QUEUED);
    }
    if (seen.job().map(ObservedJob::pod).filter(ObservedPod::lingers).isPresent()) {
      return Optional.of(WHILE_STOPPING);
    }
    return ordered(next, seen).isPresent()
        ? Optional.of(AT_ONCE)
        : Stream.of(next.wakeAt(), expiry)
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .map(at -> Duration.between(seen.now(), at).plus(AT_ONCE));
  }

  /** Stops the program, which saves its work, and then lets the resource go. */
  public DeleteControl cleanup(R resource, Context<R> context) {
    return services
        .gate()
        .within(() -> letGo(resource, context), DeleteControl::noFinalizerRemoval);
  }

  private DeleteControl letGo(R resource, Context<R> context) {
    if (!heard.all(resource.getMetadata().getNamespace(), context)) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_UNHEARD.toMillis());
    }
    services.gone(resource.getMetadata().getUid());
    var now = services.clock().instant();
    Children.stopSuperfluous(context, resource, Set.of());
    Children.stopLingering(context, resource, Set.of());
    // A node that does not answer must not hold the resource, and with it its namespace, for ever.
    if (observer.pods(resource, context).stream()
        .anyMatch(pod -> !pod.terminal() && !pod.overdue(now))) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_STOPPING.toMillis());
    }
    var waits = new ArtifactDeletion<>(run, resource).proceed(context, now);
    if (waits.isEmpty()) {
      return DeleteControl.defaultDelete();
    }
    services.announcements().waits(context.getClient(), resource, waits.get());
    var pause = waits.get().reason() == null ? WHILE_STOPPING : WHILE_REFUSED;
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(pause.toMillis());
  }

  /**
   * Tells in the status what keeps the operator from its work, which goes on being tried. A run
   * that is finished stays as it is told, and so does one whose next try goes well.
   */
  public ErrorStatusUpdateControl<R> failed(R resource, Context<R> context, Exception fault) {
    var meta = resource.getMetadata();
    LOG.warn("{}/{} is tried again after a fault.", meta.getNamespace(), meta.getName(), fault);
    var status = resource.runStatus();
    boolean again = context.getRetryInfo().map(retry -> retry.getAttemptCount() > 0).orElse(false);
    boolean finished = status.phase() != null && status.phase().finished();
    if (!again || finished || resource.isMarkedForDeletion()) {
      return ErrorStatusUpdateControl.noStatusUpdate();
    }
    var now = services.clock().instant();
    var told = services.calculator().afterFault(status, meta.getGeneration(), fault, now);
    return ErrorStatusUpdateControl.patchStatus(
        run.kind().status(resource, told, Optional.empty(), now));
  }

  /**
   * Whether an edit or a deletion came between the look and its status. The Operator SDK before 5.4
   * drops the event of such a change with that of its own write (its issue 3398).
   */
  private static boolean overtaken(HasMetadata looked, HasMetadata written) {
    return !Objects.equals(
        looked.getMetadata().getGeneration(), written.getMetadata().getGeneration());
  }
}
