package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Arrays;
import java.util.List;

/**
 * Which changes of a resource matter to those that refer to it: whether it is ready, needs help or
 * goes away. A training's progress, every few seconds, is nothing to a hundred evaluations.
 *
 * @param <S> the resource
 */
final class TellsReaders<S extends HasMetadata> implements OnUpdateFilter<S> {

  @Override
  public boolean accept(S now, S before) {
    return !facts(now).equals(facts(before));
  }

  private static List<Object> facts(HasMetadata resource) {
    var meta = resource.getMetadata();
    var status = ((RunResource) resource).runStatus();
    var stalled = status.condition("Stalled").filter(Condition::isTrue);
    return Arrays.asList(
        meta.getUid(),
        meta.getGeneration(),
        meta.getDeletionTimestamp(),
        status.observedGeneration(),
        status.phase(),
        status.condition("Ready").map(Condition::status),
        stalled.map(Condition::message),
        status.artifact());
  }
}
