package dev.keizoku.operator.referred;

import dev.keizoku.crd.v1alpha1.RunResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hears of each change of a controller's own resources that others make, and tells those that refer
 * to them; and of those that are gone, of which the SDK tells nobody else when no finalizer held
 * them.
 *
 * @param <R> the resource
 */
public final class OwnChanges<R extends CustomResource<?, ?> & RunResource>
    extends AbstractEventSource<Void, R> implements ResourceEventAware<R> {
  private final ReferredResources referred;
  private final Consumer<String> gone;

  /**
   * @param gone hears the UID of each that is gone
   */
  public OwnChanges(ReferredResources referred, Consumer<String> gone) {
    super(Void.class, "own-changes");
    this.referred = referred;
    this.gone = gone;
  }

  @Override
  public void onResourceCreated(R resource) {
    referred.tell(resource);
  }

  @Override
  public void onResourceUpdated(R now, R before) {
    referred.changed(now, before);
  }

  @Override
  public void onResourceDeleted(R resource) {
    gone.accept(resource.getMetadata().getUid());
    referred.tell(resource);
  }

  @Override
  public Set<Void> getSecondaryResources(R resource) {
    return Set.of();
  }
}
