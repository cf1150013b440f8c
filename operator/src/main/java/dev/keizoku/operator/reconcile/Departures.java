package dev.keizoku.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears of resources that are gone. Of those that no finalizer holds the SDK tells nobody else.
 *
 * @param <R> the resource
 */
final class Departures<R extends HasMetadata> extends AbstractEventSource<Void, R>
    implements ResourceEventAware<R> {
  private final Consumer<String> gone;

  /**
   * @param gone takes the identity of each
   */
  Departures(Consumer<String> gone) {
    super(Void.class, "departures");
    this.gone = gone;
  }

  @Override
  public void onResourceDeleted(R resource) {
    gone.accept(resource.getMetadata().getUid());
  }

  @Override
  public Set<Void> getSecondaryResources(R resource) {
    return Set.of();
  }
}
