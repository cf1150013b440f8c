package dev.keizoku.operator.referred;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Condition;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Arrays;
import java.util.List;

/**
 * Which changes of a resource matter to those that refer to it: whether it is ready, needs help or
 * goes away. A training's progress, every few seconds, is nothing to a hundred evaluations.
 */
final class TellsReaders {
  private TellsReaders() {}

  static <R extends CustomResource<?, ?> & RunResource> boolean of(R now, R before) {
    return !facts(now).equals(facts(before));
  }

  private static <R extends CustomResource<?, ?> & RunResource> List<Object> facts(R resource) {
    var meta = resource.getMetadata();
    var status = resource.runStatus();
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
