package dev.keizoku.operator.corpus;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.reconcile.AsksForALook;
import dev.keizoku.operator.reconcile.RunReconciler;
import dev.keizoku.operator.reconcile.RunServices;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.util.List;

/** Reconciles a FinCorpus: documents in, a version of packed tokens out. */
@ControllerConfiguration(
    name = "fincorpus",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = AsksForALook.class, informerListLimit = 500))
// Without end: an API server that is away for an hour must find its operator still trying.
@GradualRetry(maxAttempts = -1, initialInterval = 1000, maxInterval = 30000)
public final class FinCorpusReconciler implements Reconciler<FinCorpus>, Cleaner<FinCorpus> {
  private final RunReconciler<FinCorpus> run;

  /** Made by the container. */
  public FinCorpusReconciler(RunServices services) {
    this.run = new RunReconciler<>(new CorpusKind(), services);
  }

  @Override
  public List<EventSource<?, FinCorpus>> prepareEventSources(
      EventSourceContext<FinCorpus> context) {
    return run.eventSources(context);
  }

  @Override
  public UpdateControl<FinCorpus> reconcile(FinCorpus resource, Context<FinCorpus> context) {
    return run.reconcile(resource, context);
  }

  @Override
  public DeleteControl cleanup(FinCorpus resource, Context<FinCorpus> context) {
    return run.cleanup(resource, context);
  }

  @Override
  public ErrorStatusUpdateControl<FinCorpus> updateErrorStatus(
      FinCorpus resource, Context<FinCorpus> context, Exception fault) {
    return run.failed(resource, context, fault);
  }
}
