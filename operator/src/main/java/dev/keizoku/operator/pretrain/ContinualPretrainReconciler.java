package dev.keizoku.operator.pretrain;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
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

/** Reconciles a ContinualPretrain: base model and corpora in, tuned model out. */
@ControllerConfiguration(
    name = "continualpretrain",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = AsksForALook.class, informerListLimit = 500))
// Without end: an API server that is away for an hour must find its operator still trying.
@GradualRetry(maxAttempts = -1, initialInterval = 1000, maxInterval = 30000)
public final class ContinualPretrainReconciler
    implements Reconciler<ContinualPretrain>, Cleaner<ContinualPretrain> {
  private final RunReconciler<ContinualPretrain> run;

  /** Made by the container. */
  public ContinualPretrainReconciler(RunServices services) {
    this.run = new RunReconciler<>(new PretrainKind(), services);
  }

  @Override
  public List<EventSource<?, ContinualPretrain>> prepareEventSources(
      EventSourceContext<ContinualPretrain> context) {
    return run.eventSources(context);
  }

  @Override
  public UpdateControl<ContinualPretrain> reconcile(
      ContinualPretrain resource, Context<ContinualPretrain> context) {
    return run.reconcile(resource, context);
  }

  @Override
  public DeleteControl cleanup(ContinualPretrain resource, Context<ContinualPretrain> context) {
    return run.cleanup(resource, context);
  }

  @Override
  public ErrorStatusUpdateControl<ContinualPretrain> updateErrorStatus(
      ContinualPretrain resource, Context<ContinualPretrain> context, Exception fault) {
    return run.failed(resource, context, fault);
  }
}
