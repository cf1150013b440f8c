package dev.keizoku.operator.pretrain;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.run.RunAnnouncements;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunEventSources;
import dev.keizoku.operator.run.RunReconciliation;
import dev.keizoku.operator.status.RunStatusCalculator;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** Reconciles a ContinualPretrain: base model and corpora in, tuned model out. */
@ControllerConfiguration(name = ContinualPretrainReconciler.NAME)
// Without end: an API server that is away for an hour must find its operator still trying.
@GradualRetry(maxAttempts = -1, initialInterval = 1000, maxInterval = 30000)
@Workflow(
    explicitInvocation = true,
    dependents = {
      @Dependent(name = "run-file", type = ContinualPretrainRunFile.class),
      @Dependent(name = "job", type = ContinualPretrainJob.class, dependsOn = "run-file")
    })
public final class ContinualPretrainReconciler
    implements Reconciler<ContinualPretrain>, Cleaner<ContinualPretrain> {
  static final String NAME = "continualpretrain";

  /** Selects this kind's children. */
  static final String CHILDREN =
      "app.kubernetes.io/managed-by=keizoku-operator,keizoku.dev/kind=" + NAME;

  private final RunReconciliation<ContinualPretrain> reconciliation;
  private final RunEventSources<ContinualPretrain> eventSources;
  private final MeterRegistry meters;

  /** Made by the container. */
  public ContinualPretrainReconciler(
      OperatorSettings settings,
      RunStatusCalculator calculator,
      RunAnnouncements announcements,
      MeterRegistry meters,
      Clock clock) {
    var run = new RunContext<>(new PretrainKind(), settings);
    this.reconciliation = new RunReconciliation<>(run, calculator, announcements, clock);
    this.eventSources = new RunEventSources<>(run);
    this.meters = meters;
  }

  @Override
  public List<EventSource<?, ContinualPretrain>> prepareEventSources(
      EventSourceContext<ContinualPretrain> context) {
    return eventSources.prepare(context, meters);
  }

  @Override
  public UpdateControl<ContinualPretrain> reconcile(
      ContinualPretrain resource, Context<ContinualPretrain> context) {
    return reconciliation.reconcile(resource, context);
  }

  @Override
  public DeleteControl cleanup(ContinualPretrain resource, Context<ContinualPretrain> context) {
    return reconciliation.cleanup(resource, context);
  }
}
