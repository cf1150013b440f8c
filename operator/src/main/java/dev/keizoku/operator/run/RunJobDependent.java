package dev.keizoku.operator.run;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.job.JobTemplate;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.GarbageCollected;
import io.javaoperatorsdk.operator.processing.dependent.Creator;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependentResource;

/**
 * The Job of the open attempt: made once, never changed. Asked for only while the status has an
 * open attempt.
 *
 * @param <R> the resource
 */
public abstract class RunJobDependent<R extends CustomResource<?, ?> & RunResource>
    extends KubernetesDependentResource<Job, R> implements Creator<Job, R>, GarbageCollected<R> {
  private final RunContext<R> run;

  protected RunJobDependent(RunContext<R> run) {
    super(Job.class);
    this.run = run;
  }

  @Override
  protected Job desired(R resource, Context<R> context) {
    return job(resource);
  }

  /** The Job; a pure function of spec, status and installation. */
  public Job job(R resource) {
    var attempt = resource.runStatus().openAttempt().orElseThrow();
    var policy = resource.runPolicy();
    var program =
        run.program(
            resource,
            JobTemplate.run(policy.podTemplate()),
            run.names(resource).configMap(),
            run.kind().devices(resource));
    return JobTemplate.job(resource, policy, attempt, program);
  }
}
