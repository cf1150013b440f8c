package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.spec.Retention.OnDelete;
import dev.keizoku.operator.job.JobObserver;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.run.RunContext;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a run's artifacts when {@code spec.retention.onDelete} says so, by a Job of its own: the
 * operator itself has no keys to any object store.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param resource that is being deleted
 */
public record ArtifactDeletion<R extends CustomResource<?, ?> & RunResource>(
    RunContext<R> run, R resource) {
  private static final Logger LOG = LoggerFactory.getLogger(ArtifactDeletion.class);

  /**
   * Takes the next step.
   *
   * @return true when nothing is left to do; a deletion that fails does not hold the resource back
   */
  public boolean proceed(Context<R> context) {
    var output = resource.runStatus().output();
    if (resource.runPolicy().retention().onDelete() != OnDelete.DELETE || output == null) {
      return true;
    }
    var name = run.names(resource).deletionJob();
    var made =
        context
            .getSecondaryResourcesAsStream(Job.class)
            .filter(job -> job.getMetadata().getName().equals(name))
            .findFirst();
    if (made.isEmpty()) {
      return !begin(context, name, output);
    }
    var outcome = JobObserver.observe(made.get(), List.of()).outcome();
    if (outcome == Outcome.FAILED) {
      LOG.warn("Job {} could not delete {}; what is left there stays.", name, output);
    }
    return outcome != Outcome.OPEN;
  }

  private boolean begin(Context<R> context, String name, String output) {
    try {
      return Children.ensure(context, resource, job(name, output));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
        throw e;
      }
      LOG.warn("No Job may delete {}; it stays: {}", output, e.getMessage());
      return false;
    }
  }

  private Job job(String name, String output) {
    var images = run.settings().images();
    var store = run.store(resource);
    var arguments = new ArrayList<>(List.of("store", "delete", output + "/"));
    if (store.endpoint() != null) {
      arguments.addAll(List.of("--endpoint", store.endpoint()));
    }
    if (store.region() != null) {
      arguments.addAll(List.of("--region", store.region()));
    }
    var program =
        new JobTemplate.Program(
            run.kind().image(images),
            images.pullPolicy(),
            arguments,
            null,
            run.settings().progress().port(),
            null,
            store.secretName(),
            Map.of());
    var template = SmallPod.of(resource.runPolicy().podTemplate(), "512Mi", false);
    return JobTemplate.deletion(resource, name, template, program);
  }
}
