package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.run.RunKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.stream.Stream;

/**
 * Whether all has been read that a look goes by. The SDK begins to work when its time for reading
 * is over, whatever is in its caches by then; a Job that is not in them would be taken for deleted.
 *
 * @param <R> the resource
 * @param kind its kind
 * @param referred the resources that it may refer to
 */
record HeardOf<R extends CustomResource<?, ?> & RunResource>(
    RunKind<R> kind, ReferredResources referred) {

  /** Whether every list of that namespace, or of all, has come. */
  boolean all(String namespace, Context<R> context) {
    var sources = context.eventSourceRetriever();
    return Stream.of(Job.class, Pod.class, ConfigMap.class)
            .allMatch(child -> has(sources.getEventSourceFor(child), namespace))
        && kind.refersTo().stream().allMatch(to -> referred.heardOf(to, namespace));
  }

  /** Whether a source has read that namespace, or all. */
  static boolean has(EventSource<?, ?> source, String namespace) {
    if (!(source instanceof InformerWrappingEventSourceHealthIndicator<?> informers)) {
      return true;
    }
    var lists = informers.informerHealthIndicators();
    return Stream.of(namespace, Constants.WATCH_ALL_NAMESPACES)
        .filter(lists::containsKey)
        .map(lists::get)
        .allMatch(InformerHealthIndicator::hasSynced);
  }
}
