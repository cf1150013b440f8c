package dev.keizoku.operator.eval;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
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

/** Reconciles a BenchmarkEval: base and candidates in, scores and their differences out. */
@ControllerConfiguration(
    name = "benchmarkeval",
    generationAwareEventProcessing = false,
    informer = @Informer(onUpdateFilter = AsksForALook.class, informerListLimit = 500))
// Without end: an API server that is away for an hour must find its operator still trying.
@GradualRetry(maxAttempts = -1, initialInterval = 1000, maxInterval = 30000)
public final class BenchmarkEvalReconciler
    implements Reconciler<BenchmarkEval>, Cleaner<BenchmarkEval> {
  private final RunReconciler<BenchmarkEval> run;

  /** Made by the container. */
  public BenchmarkEvalReconciler(RunServices services) {
    this.run = new RunReconciler<>(new EvalKind(), services);
  }

  @Override
  public List<EventSource<?, BenchmarkEval>> prepareEventSources(
      EventSourceContext<BenchmarkEval> context) {
    return run.eventSources(context);
  }

  @Override
  public UpdateControl<BenchmarkEval> reconcile(
      BenchmarkEval resource, Context<BenchmarkEval> context) {
    return run.reconcile(resource, context);
  }

  @Override
  public DeleteControl cleanup(BenchmarkEval resource, Context<BenchmarkEval> context) {
    return run.cleanup(resource, context);
  }

  @Override
  public ErrorStatusUpdateControl<BenchmarkEval> updateErrorStatus(
      BenchmarkEval resource, Context<BenchmarkEval> context, Exception fault) {
    return run.failed(resource, context, fault);
  }
}
