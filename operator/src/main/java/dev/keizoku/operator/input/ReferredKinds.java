package dev.keizoku.operator.input;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.spec.BaseModel;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.operator.run.ReferredKind;
import dev.keizoku.operator.words.RunReason;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What can be referred to, and how what it committed is read. */
public final class ReferredKinds {
  private static final String MANIFEST = "manifest.json";

  /** A corpus: its version, read by its manifest. */
  public static final ReferredKind<FinCorpus> CORPUS =
      new ReferredKind<>(
          FinCorpus.class,
          new ReferredKind.Words(
              RunReason.CORPUS_NOT_FOUND, RunReason.CORPUS_NOT_READY, RunReason.CORPUS_FAILED),
          UnaryOperator.identity(),
          corpus -> Optional.empty());

  /** A trained model: its folder, of which the manifest is a file. */
  public static final ReferredKind<ContinualPretrain> MODEL =
      new ReferredKind<>(
          ContinualPretrain.class,
          new ReferredKind.Words(
              RunReason.MODEL_NOT_FOUND, RunReason.MODEL_NOT_READY, RunReason.MODEL_FAILED),
          uri -> uri.endsWith(MANIFEST) ? uri.substring(0, uri.length() - MANIFEST.length()) : uri,
          ReferredKinds::startsFrom);

  private ReferredKinds() {}

  /** The model that a training goes on from. */
  private static Optional<String> startsFrom(ContinualPretrain pretrain) {
    return Optional.ofNullable(pretrain.getSpec().recipe().baseModel())
        .map(BaseModel::continualPretrainRef)
        .map(LocalRef::name);
  }
}
