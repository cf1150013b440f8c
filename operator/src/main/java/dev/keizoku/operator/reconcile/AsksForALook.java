package dev.keizoku.operator.reconcile;

import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Which changes of a resource are somebody's wish: of its spec, its deletion, and the annotation
 * that asks for another try. The operator's own writes of the status are none.
 */
public final class AsksForALook implements OnUpdateFilter<HasMetadata> {

  @Override
  public boolean accept(HasMetadata now, HasMetadata before) {
    var one = now.getMetadata();
    var other = before.getMetadata();
    return !Objects.equals(one.getGeneration(), other.getGeneration())
        || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp())
        || !Objects.equals(one.getFinalizers(), other.getFinalizers())
        || !Objects.equals(retry(now), retry(before));
  }

  private static String retry(HasMetadata resource) {
    var annotations = resource.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(Labels.RETRY);
  }
}
