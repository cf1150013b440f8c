package dev.keizoku.operator.corpus;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunJobDependent;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import jakarta.inject.Singleton;

/** The Job of a FinCorpus. */
@Singleton
@KubernetesDependent(
    informer = @Informer(labelSelector = FinCorpusReconciler.CHILDREN),
    useSSA = BooleanWithUndefined.FALSE)
public final class FinCorpusJob extends RunJobDependent<FinCorpus> {

  /** Made by the container. */
  public FinCorpusJob(OperatorSettings settings) {
    super(new RunContext<>(new CorpusKind(), settings));
  }
}
