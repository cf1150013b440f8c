package dev.keizoku.operator.pretrain;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.operator.OperatorSettings;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.run.RunJobDependent;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import jakarta.inject.Singleton;

/** The Job of a ContinualPretrain. */
@Singleton
@KubernetesDependent(
    informer = @Informer(labelSelector = ContinualPretrainReconciler.CHILDREN),
    useSSA = BooleanWithUndefined.FALSE)
public final class ContinualPretrainJob extends RunJobDependent<ContinualPretrain> {

  /** Made by the container. */
  public ContinualPretrainJob(OperatorSettings settings) {
    super(new RunContext<>(new PretrainKind(), settings));
  }
}
