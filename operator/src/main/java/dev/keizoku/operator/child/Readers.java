package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The resources whose runs have pinned what another committed, as they are now: asked for when that
 * is deleted, and only then.
 *
 * @param all kind and name, and the status
 */
record Readers(List<Reader> all) {

  /**
   * One of them.
   *
   * @param name its kind and name
   * @param status of its run
   */
  record Reader(String name, RunStatus status) {}

  /** Those of the resource, without what is being deleted itself. */
  static Readers of(
      Context<?> context, HasMetadata resource, Set<Class<? extends CustomResource<?, ?>>> kinds) {
    return new Readers(
        kinds.stream()
            .flatMap(kind -> ofKind(context, resource.getMetadata().getNamespace(), kind))
            .filter(reader -> !reader.isMarkedForDeletion())
            .filter(reader -> reads((RunResource) reader, resource))
            .map(
                reader ->
                    new Reader(
                        reader.getKind() + " " + reader.getMetadata().getName(),
                        ((RunResource) reader).runStatus()))
            .sorted(Comparator.comparing(Reader::name))
            .toList());
  }

  private static Stream<? extends CustomResource<?, ?>> ofKind(
      Context<?> context, String namespace, Class<? extends CustomResource<?, ?>> kind) {
    return context.getClient().resources(kind).inNamespace(namespace).list().getItems().stream();
  }

  private static boolean reads(RunResource reader, HasMetadata resource) {
    var name = resource.getMetadata().getName();
    return reader.runStatus().startTime() != null
        && reader.runStatus().inputs().stream()
            .anyMatch(
                input -> resource.getKind().equals(input.kind()) && name.equals(input.name()));
  }

  /** Names of those whose run is not over, also one that is suspended. */
  List<String> atWork() {
    return all.stream()
        .filter(reader -> reader.status().completionTime() == null)
        .map(Reader::name)
        .toList();
  }

  /** When the last of the others ended; empty when there are none. */
  Optional<String> lastEnd() {
    return all.stream()
        .map(reader -> reader.status().completionTime())
        .filter(Objects::nonNull)
        .max(String::compareTo);
  }
}
