package dev.keizoku.operator.corpus;

import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunFileDependent;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import jakarta.inject.Singleton;

/** The run file of a FinCorpus. */
@Singleton
@KubernetesDependent(
    informer = @Informer(labelSelector = FinCorpusReconciler.CHILDREN),
    useSSA = BooleanWithUndefined.FALSE)
public final class FinCorpusRunFile extends RunFileDependent<FinCorpus> {

  /** Made by the container. */
  public FinCorpusRunFile(OperatorSettings settings) {
    super(new RunContext<>(new CorpusKind(), settings));
  }
}
