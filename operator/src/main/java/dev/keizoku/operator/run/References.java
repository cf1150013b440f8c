package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.operator.status.Inputs;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
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

  /** The resources that the one may refer to. */
  @FunctionalInterface
  public interface Known {

    /** Those of that kind. */
    <T extends HasMetadata> Collection<T> of(Class<T> kind);
  }

  private final Known known;
  private final List<Input> found = new ArrayList<>();
  private Inputs missing;

  /** References among those. */
  public References(Known known) {
    this.known = known;
  }

  /** Follows a reference: to what the resource committed, pinned by its manifest's digest. */
  public <T extends HasMetadata & RunResource> References follow(
      ReferredKind<T> kind, LocalRef ref) {
    target(kind, ref.name())
        .map(target -> target.runStatus().artifact())
        .map(a -> new Input(kind.name(), ref.name(), kind.place().apply(a.uri()), a.sha256()))
        .ifPresent(found::add);
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

  private <T extends HasMetadata & RunResource> Optional<T> target(
      ReferredKind<T> kind, String name) {
    var target =
        known.of(kind.type()).stream()
            .filter(t -> t.getMetadata().getName().equals(name))
            .findFirst();
    if (target.isEmpty()) {
      note(
          kind.notFound(),
          "%s %s is not in this namespace; create it.".formatted(kind.name(), name));
      return Optional.empty();
    }
    var status = target.get().runStatus();
    if (status.readyFor(target.get().getMetadata().getGeneration()) && status.artifact() != null) {
      return target;
    }
    var phase = status.phase() == null ? "new" : status.phase().name().toLowerCase(Locale.ROOT);
    note(
        kind.notReady(),
        "Waits for %s %s, which is %s; see `kubectl describe`."
            .formatted(kind.name(), name, phase));
    return Optional.empty();
  }

  private void note(RunReason reason, String message) {
    if (missing == null) {
      missing = Inputs.missing(reason, message);
    }
  }
}
