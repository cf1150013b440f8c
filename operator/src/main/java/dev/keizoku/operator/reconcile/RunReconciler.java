package dev.keizoku.operator.reconcile;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.child.Children;
import dev.keizoku.operator.child.Refusal;
import dev.keizoku.operator.child.Trial;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.ProgressPoller;
import dev.keizoku.operator.profile.RunProfiles;
import dev.keizoku.operator.referred.HeardOf;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunKind;
import dev.keizoku.operator.status.Backoff;
import dev.keizoku.operator.status.Observation;
import dev.keizoku.operator.status.ProgressWrites;
import dev.keizoku.operator.status.RunStatusCalculator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at a resource: observe, calculate, stop what is superfluous, make what is ordered, write
 * the status. All of it each time; nothing is remembered between two.
 *
 * @param <R> the resource
 */
public final class RunReconciler<R extends CustomResource<?, ?> & RunResource> {
  private static final Logger LOG = LoggerFactory.getLogger(RunReconciler.class);

  private final RunContext<R> run;
  private final RunServices services;
  private final RunStatusCalculator calculator;
  private final RunObserver<R> observer;
  private final HeardOf<R> heard;
  private final LettingGo<R> lettingGo;

  /** The reconciler of that kind. */
  public RunReconciler(RunKind<R> kind, RunServices services) {
    this.run = new RunContext<>(kind, services.settings());
    this.services = services;
    var pauses = services.settings().backoff();
    this.calculator = new RunStatusCalculator(new Backoff(pauses.initial(), pauses.max()));
    this.heard = new HeardOf<>(kind, services.referred());
    this.observer =
        new RunObserver<>(
            run,
            services.clock(),
            new Vigil(System::nanoTime),
            services.warnings(),
            services.referred());
    this.lettingGo = new LettingGo<>(run, services, observer);
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
      return UpdateControl.<R>noUpdate().rescheduleAfter(Pauses.WHILE_UNHEARD);
    }
    lettingGo.ofFinalizer(resource, context);
    try {
      return reconcileUnderProfile(resource, context);
    } finally {
      if (context.getPrimaryCache().get(ResourceID.fromResource(resource)).isEmpty()) {
        services.told().gone(resource.getMetadata().getUid());
      }
    }
  }

  private UpdateControl<R> reconcileUnderProfile(R stored, Context<R> context) {
    var standing = new RunProfiles<>(run, context.getClient()).of(stored);
    var resource = standing.resource();
    var tried =
        standing.against().isPresent()
            ? Optional.<Refusal>empty()
            : new Trial<>(run, resource).refusal(context.getClient());
    var against = standing.against().or(() -> tried.map(Refusal::headline));
    var seen = observer.observe(resource, context).tried(against);
    var orders = orders(resource, seen);
    var refusal = orders.carryOut(context);
    if (tried.or(() -> refusal).map(Refusal::namespaceGoes).orElse(false)) {
      return UpdateControl.noUpdate();
    }
    if (refusal.isPresent()) {
      orders = orders(resource, seen.with(refusal.get().headline()));
    }
    var told = orders.next().status().message();
    boolean refused =
        refusal.isPresent() || against.filter(a -> a.message().equals(told)).isPresent();
    return write(stored, context, orders, refused);
  }

  private UpdateControl<R> write(R stored, Context<R> context, Orders<R> orders, boolean refused) {
    var resource = orders.resource();
    var next = orders.next();
    var now = orders.seen().now();
    var fresh = run.kind().status(resource, next.status(), next.report(), now);
    var every = services.settings().progress().writeInterval();
    boolean changed =
        ProgressWrites.areDue(stored.runStatus(), fresh.runStatus(), every)
            && !Objects.equals(fresh.getStatus(), stored.getStatus());
    if (changed) {
      services.told().announcements().announce(context.getClient(), resource, next.status(), now);
      tellPlan(context, orders);
    } else {
      orders.clearAway(context);
    }
    var expiry = Children.expire(context, resource, resource.runPolicy(), next.status(), now);
    boolean overtaken = changed && overtaken(resource, apply(stored, fresh, context));
    services
        .told()
        .changed(
            context.getClient(),
            resource,
            stored.runStatus(),
            next.status(),
            now,
            said(resource, context));
    UpdateControl<R> control = UpdateControl.noUpdate();
    (overtaken ? Optional.of(Pauses.AT_ONCE) : Pauses.after(orders, refused, expiry))
        .ifPresent(control::rescheduleAfter);
    return control;
  }

  private Supplier<Optional<HeardProgress>> said(R resource, Context<R> context) {
    var id = ResourceID.fromResource(resource);
    var poller =
        (ProgressPoller<?>) context.eventSourceRetriever().getEventSourceFor(HeardProgress.class);
    return () -> poller.getSecondaryResource(id);
  }

  private void tellPlan(Context<R> context, Orders<R> orders) {
    orders
        .next()
        .report()
        .filter(report -> Reason.PLANNED.word().equals(report.reason()))
        .map(FinalReport::message)
        .ifPresent(
            told ->
                services
                    .told()
                    .announcements()
                    .planned(context.getClient(), orders.resource(), told, orders.seen().now()));
  }

  private Orders<R> orders(R resource, Observation seen) {
    var next = calculator.next(run.intent(resource), resource.runStatus(), seen);
    return new Orders<>(run, resource, seen, next);
  }

  /** Stops the program, which saves its work, and then lets the resource go. */
  public DeleteControl cleanup(R resource, Context<R> context) {
    return services
        .gate()
        .within(() -> letGo(resource, context), DeleteControl::noFinalizerRemoval);
  }

  private DeleteControl letGo(R resource, Context<R> context) {
    return heard.all(resource.getMetadata().getNamespace(), context)
        ? lettingGo.of(resource, context)
        : LettingGo.later(Pauses.WHILE_UNHEARD);
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
    var told = calculator.afterFault(status, meta.getGeneration(), fault, now);
    try {
      apply(resource, run.kind().status(resource, told, Optional.empty(), now), context);
    } catch (KubernetesClientException e) {
      LOG.debug("The fault is not told in the status.", e);
    }
    return ErrorStatusUpdateControl.noStatusUpdate();
  }

  /** Writes the status, and tells those that refer to the resource. */
  private R apply(R before, R fresh, Context<R> context) {
    var written = context.resourceOperations().serverSideApplyPrimaryStatus(fresh);
    services.referred().changed(written, before);
    return written;
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
