package dev.keizoku.operator.referred;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.run.RunKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Map;
import java.util.Set;

/**
 * Wakes the resources that refer to one of another kind when that changes.
 *
 * @param <R> the resource that refers
 */
public final class Referring<R extends CustomResource<?, ?> & RunResource>
    extends AbstractEventSource<Void, R> {
  private final Class<? extends HasMetadata> kind;
  private final IndexerResourceCache<R> resources;
  private final ReferredResources referred;
  private final String index;

  /**
   * @param run of those that refer
   * @param kind that they refer to
   * @param resources that may refer, to which an index is added
   */
  public Referring(
      RunKind<R> run,
      Class<? extends HasMetadata> kind,
      IndexerResourceCache<R> resources,
      ReferredResources referred) {
    super(Void.class, "refers-to-" + HasMetadata.getSingular(kind));
    this.kind = kind;
    this.resources = resources;
    this.referred = referred;
    this.index = name();
    resources.addIndexers(
        Map.of(
            index,
            resource ->
                run.references(resource, kind).stream()
                    .map(name -> resource.getMetadata().getNamespace() + "/" + name)
                    .toList()));
  }

  @Override
  public void start() {
    super.start();
    referred.wake(kind, this::wake);
  }

  private void wake(ResourceID changed) {
    // One that is not read yet is looked at when it is.
    if (isRunning()) {
      var key = changed.getNamespace().orElseThrow() + "/" + changed.getName();
      resources
          .byIndex(index, key)
          .forEach(
              reader -> getEventHandler().handleEvent(new Event(ResourceID.fromResource(reader))));
    }
  }

  @Override
  public Set<Void> getSecondaryResources(R resource) {
    return Set.of();
  }
}
