package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.run.RunContext;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/**
 * The Job of the open attempt and its run file: made once, never changed.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param resource whose status has an open attempt
 */
public record AttemptJob<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, R resource) {

  /**
   * Makes both.
   *
   * @return why one of them is not there
   */
  public Optional<Refusal> ensure(Context<R> context) {
    var file =
        RunFileMap.of(
            resource,
            run.names(resource).configMap(),
            run.kind().runFile(resource, run.head(resource)));
    return Children.ensure(context, resource, file)
        .or(() -> Children.ensure(context, resource, job()));
  }

  /** The Job; a pure function of spec, status and installation. */
  private Job job() {
    var attempt = resource.runStatus().openAttempt().orElseThrow();
    var policy = resource.runPolicy();
    var program =
        run.program(
                resource,
                JobTemplate.run(policy.podTemplate()),
                run.names(resource).configMap(),
                run.kind().devices(resource))
            .with(run.kind().apiKeys(resource));
    return JobTemplate.job(resource, policy, attempt, program);
  }
}
