package dev.keizoku.operator.run;

import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ApiKeys;
import dev.keizoku.operator.settings.OperatorSettings;
import dev.keizoku.operator.status.Inputs;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a kind adds to a run; every method is a pure function.
 *
 * @param <R> the resource
 */
public interface RunKind<R extends CustomResource<?, ?> & RunResource> {

  /** The resource's class. */
  Class<R> type();

  /** The program's image. */
  String image(OperatorSettings.Images images);

  /** The part of the spec that defines the run. */
  Object recipe(R resource);

  /** True when a changed recipe builds anew beside the old; false when it cannot change. */
  boolean rebuildsOnChange();

  /** Kinds that this one refers to. */
  Set<Class<? extends HasMetadata>> refersTo();

  /** Kinds whose runs read what this one committed. */
  default Set<Class<? extends CustomResource<?, ?>>> readBy() {
    return Set.of();
  }

  /** Names of the resources of that kind that this one refers to. */
  Set<String> references(R resource, Class<? extends HasMetadata> kind);

  /** What the references lead to. */
  Inputs inputs(R resource, References references);

  /** The contract's record for {@code run.yaml}. */
  Object runFile(R resource, RunHead head);

  /** Arguments by which the program plans a run instead of doing it; empty for a kind without. */
  default List<String> planArguments(R resource) {
    return List.of();
  }

  /** Whether planning tries the run's own work, and so needs the run's own pod, which is cheap. */
  default boolean planTriesTheRun(R resource) {
    return false;
  }

  /** Memory limit of a small pod that plans: the program, and headers of a thousand shards. */
  default String planMemory() {
    return "1Gi";
  }

  /** Devices and disk that the pod asks for unless the pod template says otherwise. */
  default Map<String, Quantity> devices(R resource) {
    return Map.of();
  }

  /** Keys of endpoints that the program asks, by the name of the file that the pod has each in. */
  default Map<String, ApiKeys.Entry> apiKeys(R resource) {
    return Map.of();
  }

  /** A fresh resource that holds nothing but the status. */
  R status(R resource, RunStatus run, Optional<FinalReport> report, Instant now);
}
