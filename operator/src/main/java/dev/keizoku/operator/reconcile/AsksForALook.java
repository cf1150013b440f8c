package dev.keizoku.operator.reconcile;

import dev.keizoku.operator.naming.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.List;
import java.util.Objects;

/**
 * Which changes of a resource are somebody's wish: of its spec, its deletion, and the annotations
 * that ask for another try or hold it. The operator's own writes of the status are none.
 */
public final class AsksForALook implements OnUpdateFilter<HasMetadata> {
  private static final List<String> ASKING = List.of(Labels.RETRY, Labels.SUSPEND);

  @Override
  public boolean accept(HasMetadata now, HasMetadata before) {
    var one = now.getMetadata();
    var other = before.getMetadata();
    return !Objects.equals(one.getGeneration(), other.getGeneration())
        || !Objects.equals(one.getDeletionTimestamp(), other.getDeletionTimestamp())
        || !Objects.equals(one.getFinalizers(), other.getFinalizers())
        || ASKING.stream()
            .anyMatch(
                name ->
                    !Objects.equals(Labels.annotation(now, name), Labels.annotation(before, name)));
  }
}
