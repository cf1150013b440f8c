package dev.keizoku.operator.referred;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.run.RunKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.stream.Stream;

/**
 * Whether all has been read that a look goes by. The SDK begins to work when its time for reading
 * is over, whatever is in its caches by then; a Job that is not in them would be taken for deleted.
 *
 * @param <R> the resource
 * @param kind its kind
 * @param referred the resources that it may refer to
 */
public record HeardOf<R extends CustomResource<?, ?> & RunResource>(
    RunKind<R> kind, ReferredResources referred) {

  /** Whether every list of that namespace, or of all, has come. */
  public boolean all(String namespace, Context<R> context) {
    var sources = context.eventSourceRetriever();
    return Stream.of(Job.class, Pod.class, ConfigMap.class)
            .allMatch(
                child -> ReferredResources.hasRead(sources.getEventSourceFor(child), namespace))
        && kind.refersTo().stream().allMatch(to -> referred.heardOf(to, namespace));
  }
}
