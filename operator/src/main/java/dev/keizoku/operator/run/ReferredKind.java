package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A kind that others refer to.
 *
 * @param <T> the resource
 * @param type its class
 * @param words why a run waits for one
 * @param place from the URI of its artifact's manifest to that which a run is told
 * @param onward name of the resource of the same kind that one refers to itself; empty for none
 */
public record ReferredKind<T extends HasMetadata & RunResource>(
    Class<T> type, Words words, UnaryOperator<String> place, Function<T, Optional<String>> onward) {

  /**
   * Why a run waits.
   *
   * @param notFound there is none of that name
   * @param notReady it is not finished yet
   * @param failed it needs a person before it can finish
   */
  public record Words(RunReason notFound, RunReason notReady, RunReason failed) {}

  /** The kind as users write it. */
  public String name() {
    return HasMetadata.getKind(type);
  }
}
