package dev.keizoku.operator.referred;

import dev.keizoku.crd.v1alpha1.RunResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ControllerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The resources of all kinds, each read and kept once: by the controller that looks after it. Who
 * refers to one reads it there, and hears there when it changes; with a watch and a cache of his
 * own for each kind of reader a corpus was read and kept three times.
 */
public final class ReferredResources {
  private final Map<Class<?>, ControllerEventSource<?>> keepers = new ConcurrentHashMap<>();
  private final Map<Class<?>, List<Consumer<ResourceID>>> readers = new ConcurrentHashMap<>();

  /** That controller keeps the resources of a kind. */
  public <S extends HasMetadata> void keptBy(Class<S> kind, ControllerEventSource<S> keeper) {
    keepers.put(kind, keeper);
  }

  /** Who is to hear of changes that matter to those that refer to a resource of the kind. */
  void wake(Class<?> kind, Consumer<ResourceID> reader) {
    readers.computeIfAbsent(kind, k -> new CopyOnWriteArrayList<>()).add(reader);
  }

  /** The one of that kind and name; only after {@link #heardOf}. */
  public <S extends HasMetadata> Optional<S> find(Class<S> kind, ResourceID id) {
    return keepers.get(kind).get(id).map(kind::cast);
  }

  /** Whether the list of that kind has come, of that namespace or of all. */
  public boolean heardOf(Class<?> kind, String namespace) {
    var keeper = keepers.get(kind);
    return keeper != null && keeper.isRunning() && hasRead(keeper, namespace);
  }

  /** Whether a source has read that namespace, or all. */
  static boolean hasRead(EventSource<?, ?> source, String namespace) {
    if (!(source instanceof InformerWrappingEventSourceHealthIndicator<?> informers)) {
      return true;
    }
    var lists = informers.informerHealthIndicators();
    return Stream.of(namespace, Constants.WATCH_ALL_NAMESPACES)
        .filter(lists::containsKey)
        .map(lists::get)
        .allMatch(InformerHealthIndicator::hasSynced);
  }

  /** A resource is otherwise now. The SDK tells nobody of what the operator itself has written. */
  public <R extends CustomResource<?, ?> & RunResource> void changed(R now, R before) {
    if (TellsReaders.of(now, before)) {
      tell(now);
    }
  }

  /** Tells of a resource that is there now, or is no more. */
  void tell(HasMetadata resource) {
    var id = ResourceID.fromResource(resource);
    readers.getOrDefault(resource.getClass(), List.of()).forEach(reader -> reader.accept(id));
  }
}
