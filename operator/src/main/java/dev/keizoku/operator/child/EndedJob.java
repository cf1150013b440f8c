package dev.keizoku.operator.child;

import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.job.ObservedJob;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Collection;

/** A Job that may have ended, with the pod that says how. */
public final class EndedJob {
  private EndedJob() {}

  /**
   * What is seen of a Job of a resource.
   *
   * @param counts whether something is still decided by how it ended; else only what was heard of
   *     is told, since a look every few seconds would ask each time
   */
  public static ObservedJob observe(Job job, boolean counts, Context<?> context) {
    var heard = context.getSecondaryResources(Pod.class);
    return counts ? observe(job, heard, context.getClient()) : JobObserver.observe(job, heard);
  }

  /**
   * What is seen of a Job. It and its pods are heard of by different informers; after both were cut
   * off from the API server, one can be late. A pod that is not heard of is gone when the API
   * server says so: with it goes the exit code, and with that the verdict.
   *
   * @param heard pods, of any Job
   */
  public static ObservedJob observe(Job job, Collection<Pod> heard, KubernetesClient client) {
    var seen = JobObserver.observe(job, heard);
    if (!seen.ended() || seen.pod() != null || job.getSpec().getSelector() == null) {
      return seen;
    }
    var there =
        client
            .pods()
            .inNamespace(job.getMetadata().getNamespace())
            .withLabelSelector(job.getSpec().getSelector())
            .list()
            .getItems();
    return JobObserver.observe(job, there);
  }
}
