package dev.keizoku.operator.eval;

import dev.keizoku.crd.v1alpha1.BenchmarkEval;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunJobDependent;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import jakarta.inject.Singleton;

/** The Job of a BenchmarkEval. */
@Singleton
@KubernetesDependent(
    informer = @Informer(labelSelector = BenchmarkEvalReconciler.CHILDREN),
    useSSA = BooleanWithUndefined.FALSE)
public final class BenchmarkEvalJob extends RunJobDependent<BenchmarkEval> {

  /** Made by the container. */
  public BenchmarkEvalJob(OperatorSettings settings) {
    super(new RunContext<>(new EvalKind(), settings));
  }
}
