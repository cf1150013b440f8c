package dev.keizoku.operator.pretrain;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunFileDependent;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import jakarta.inject.Singleton;

/** The run file of a ContinualPretrain. */
@Singleton
@KubernetesDependent(
    informer = @Informer(labelSelector = ContinualPretrainReconciler.CHILDREN),
    useSSA = BooleanWithUndefined.FALSE)
public final class ContinualPretrainRunFile extends RunFileDependent<ContinualPretrain> {

  /** Made by the container. */
  public ContinualPretrainRunFile(OperatorSettings settings) {
    super(new RunContext<>(new PretrainKind(), settings));
  }
}
