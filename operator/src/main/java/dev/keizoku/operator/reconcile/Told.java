package dev.keizoku.operator.reconcile;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.metrics.RunMeters;
import dev.keizoku.operator.queue.PriorityBoost;
import dev.keizoku.operator.tracing.AttemptTraces;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who is told how a run goes on, beside its status.
 *
 * @param announcements of what changed
 * @param meters what Prometheus sees
 * @param traces of attempts that ended
 * @param boost what Kueue is told of runs at work
 */
record Told(
    RunAnnouncements announcements, RunMeters meters, AttemptTraces traces, PriorityBoost boost) {

  /**
   * The run's status is the next.
   *
   * @param before what the API server held
   * @param said what its program said last, whenever that is asked
   */
  <R extends CustomResource<?, ?> & RunResource> void changed(
      KubernetesClient client,
      R resource,
      RunStatus before,
      RunStatus next,
      Instant now,
      Supplier<Optional<HeardProgress>> said) {
    traces.tell(resource, before, next);
    meters.changed(resource, next, now, said);
    boost.tell(client, resource, next, now);
  }

  /** Forgets a resource that is gone. */
  void gone(String uid) {
    meters.gone(uid);
    announcements.gone(uid);
    boost.gone(uid);
  }
}
