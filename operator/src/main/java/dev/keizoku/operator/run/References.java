package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.ContinualPretrain;
import dev.keizoku.crd.v1alpha1.FinCorpus;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.operator.status.Inputs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Follows the references of one resource through the informers' caches, and collects what they lead
 * to. The first that leads nowhere gives the sentence.
 */
public final class References {
  private static final String MANIFEST = "manifest.json";

  private final Collection<FinCorpus> corpora;
  private final Collection<ContinualPretrain> pretrains;
  private final List<Input> found = new ArrayList<>();
  private Inputs missing;

  /** References among those resources of the namespace. */
  public References(Collection<FinCorpus> corpora, Collection<ContinualPretrain> pretrains) {
    this.corpora = corpora;
    this.pretrains = pretrains;
  }

  /** References among what a reconciliation sees. */
  static References in(Context<?> context, Collection<Class<? extends HasMetadata>> kinds) {
    return new References(
        kinds.contains(FinCorpus.class)
            ? context.getSecondaryResources(FinCorpus.class)
            : List.of(),
        kinds.contains(ContinualPretrain.class)
            ? context.getSecondaryResources(ContinualPretrain.class)
            : List.of());
  }

  /** Follows a reference to a corpus: its version, pinned by the manifest's digest. */
  public References corpus(LocalRef ref) {
    follow(corpora, ref.name(), "FinCorpus", "Corpus")
        .map(corpus -> corpus.runStatus().artifact())
        .ifPresent(a -> found.add(new Input("FinCorpus", ref.name(), a.uri(), a.sha256())));
    return this;
  }

  /** Follows a reference to a trained model: its folder, pinned by the manifest's digest. */
  public References model(LocalRef ref) {
    follow(pretrains, ref.name(), "ContinualPretrain", "Model")
        .map(pretrain -> pretrain.runStatus().artifact())
        .ifPresent(
            a ->
                found.add(
                    new Input(
                        "ContinualPretrain", ref.name(), withoutManifest(a.uri()), a.sha256())));
    return this;
  }

  /** Takes an address as it is. */
  public References uri(String name, String uri) {
    found.add(new Input(null, name, uri, null));
    return this;
  }

  /** Everything followed, or the first sentence. */
  public Inputs inputs() {
    return missing == null ? Inputs.ready(found) : missing;
  }

  private <T extends HasMetadata & RunResource> Optional<T> follow(
      Collection<T> among, String name, String kind, String word) {
    var target = among.stream().filter(t -> t.getMetadata().getName().equals(name)).findFirst();
    if (target.isEmpty()) {
      note(word + "NotFound", "%s %s is not in this namespace; create it.".formatted(kind, name));
      return Optional.empty();
    }
    var status = target.get().runStatus();
    if (status.readyFor(target.get().getMetadata().getGeneration()) && status.artifact() != null) {
      return target;
    }
    var phase = status.phase() == null ? "new" : status.phase().name().toLowerCase(Locale.ROOT);
    note(
        word + "NotReady",
        "Waits for %s %s, which is %s; see `kubectl describe`.".formatted(kind, name, phase));
    return Optional.empty();
  }

  private void note(String reason, String message) {
    if (missing == null) {
      missing = Inputs.missing(reason, message);
    }
  }

  private static String withoutManifest(String uri) {
    return uri.endsWith(MANIFEST) ? uri.substring(0, uri.length() - MANIFEST.length()) : uri;
  }
}
