package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.LocalRef;
import dev.keizoku.crd.v1alpha1.status.Ancestor;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.operator.status.Inputs;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the references of one resource through the informers' caches, and collects what they lead
 * to. The first that leads nowhere gives the sentence.
 */
public final class References {
  private static final int WORDS_LIMIT = 512;
  private static final int LINEAGE_LIMIT = 128;

  /** The resources of the namespace. */
  @FunctionalInterface
  public interface Known {

    /** The one of that kind and name. */
    <T extends HasMetadata> Optional<T> find(Class<T> kind, String name);
  }

  private final Known known;
  private final List<Input> found = new ArrayList<>();

  /** Two corpora may have a source in common. */
  private final Set<Ancestor> lineage = new LinkedHashSet<>();

  private Inputs missing;

  /** References among those. */
  public References(Known known) {
    this.known = known;
  }

  /** Follows a reference: to what the resource committed, pinned by its manifest's digest. */
  public <T extends HasMetadata & RunResource> References follow(
      ReferredKind<T> kind, LocalRef ref) {
    target(kind, ref.name())
        .map(RunResource::runStatus)
        .ifPresent(
            status -> {
              var made = status.artifact();
              var place = kind.place().apply(made.uri());
              found.add(new Input(kind.name(), ref.name(), place, made.sha256()));
              status
                  .inputs()
                  .forEach(input -> lineage.add(ancestor(kind.name(), ref.name(), input)));
              lineage.addAll(status.lineage());
            });
    return this;
  }

  private static Ancestor ancestor(String readerKind, String readerName, Input input) {
    return new Ancestor(
        readerKind, readerName, input.kind(), input.name(), input.uri(), input.sha256());
  }

  /** Takes an address as it is. */
  public References uri(String name, String uri) {
    found.add(new Input(null, name, uri, null));
    return this;
  }

  /** Everything followed, or the first sentence. */
  public Inputs inputs() {
    return missing == null
        ? Inputs.ready(found, lineage.stream().limit(LINEAGE_LIMIT).toList())
        : missing;
  }

  private <T extends HasMetadata & RunResource> Optional<T> target(
      ReferredKind<T> kind, String name) {
    var target = known.find(kind.type(), name);
    if (target.isEmpty()) {
      note(
          kind.words().notFound(),
          "%s %s is not in this namespace; create it.".formatted(kind.name(), name));
      return Optional.empty();
    }
    var status = target.get().runStatus();
    if (status.readyFor(target.get().getMetadata().getGeneration()) && status.artifact() != null) {
      return target;
    }
    var circle = circle(kind, name);
    if (circle.isPresent()) {
      note(
          RunReason.CIRCULAR_REFERENCE,
          "%s wait for one another; name another model in one of them.".formatted(circle.get()));
    } else {
      wait(kind, target.get());
    }
    return Optional.empty();
  }

  private <T extends HasMetadata & RunResource> void wait(ReferredKind<T> kind, T target) {
    var name = kind.name() + " " + target.getMetadata().getName();
    var status = target.runStatus();
    if (target.isMarkedForDeletion()) {
      note(
          kind.words().notReady(),
          "%s is being deleted; create it anew, or name another.".formatted(name));
    } else if (status.condition("Stalled").map(Condition::isTrue).orElse(false)) {
      var why = Objects.requireNonNullElse(status.message(), "");
      note(
          kind.words().failed(),
          "%s, which this run reads, needs help first; then this goes on by itself: %s"
              .formatted(name, why.substring(0, Math.min(why.length(), WORDS_LIMIT))));
    } else {
      var phase = status.phase() == null ? "new" : status.phase().name().toLowerCase(Locale.ROOT);
      note(
          kind.words().notReady(),
          "Waits for %s, which is %s; see `kubectl describe`.".formatted(name, phase));
    }
  }

  /** The way from one resource on to itself or into another circle, as text; empty for none. */
  private <T extends HasMetadata & RunResource> Optional<String> circle(
      ReferredKind<T> kind, String from) {
    var path = new ArrayList<String>();
    var at = Optional.of(from);
    while (at.isPresent()) {
      int before = path.indexOf(at.get());
      path.add(at.get());
      if (before >= 0) {
        return Optional.of(
            kind.name() + " " + String.join(" -> ", path.subList(before, path.size())));
      }
      at = known.find(kind.type(), at.get()).flatMap(kind.onward());
    }
    return Optional.empty();
  }

  private void note(RunReason reason, String message) {
    if (missing == null) {
      missing = Inputs.missing(reason, message);
    }
  }
}
