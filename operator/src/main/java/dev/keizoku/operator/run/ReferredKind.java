package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.UnaryOperator;

/**
 * A kind that others refer to.
 *
 * @param <T> the resource
 * @param type its class
 * @param notFound why a run waits that refers to none of that name
 * @param notReady why a run waits that refers to one that is not finished
 * @param place from the URI of its artifact's manifest to that which a run is told
 */
public record ReferredKind<T extends HasMetadata & RunResource>(
    Class<T> type, RunReason notFound, RunReason notReady, UnaryOperator<String> place) {

  /** The kind as users write it. */
  public String name() {
    return HasMetadata.getKind(type);
  }
}
