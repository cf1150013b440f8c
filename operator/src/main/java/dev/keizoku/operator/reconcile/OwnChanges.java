package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/**
 * Hears of each change of a controller's own resources that others make, and tells those that refer
 * to them; and of those that are gone, of which the SDK tells nobody else when no finalizer held
 * them.
 *
 * @param <R> the resource
 */
final class OwnChanges<R extends CustomResource<?, ?> & RunResource>
    extends AbstractEventSource<Void, R> implements ResourceEventAware<R> {
  private final RunServices services;

  OwnChanges(RunServices services) {
    super(Void.class, "own-changes");
    this.services = services;
  }

  @Override
  public void onResourceCreated(R resource) {
    services.referred().tell(resource);
  }

  @Override
  public void onResourceUpdated(R now, R before) {
    services.referred().changed(now, before);
  }

  @Override
  public void onResourceDeleted(R resource) {
    services.gone(resource.getMetadata().getUid());
    services.referred().tell(resource);
  }

  @Override
  public Set<Void> getSecondaryResources(R resource) {
    return Set.of();
  }
}
