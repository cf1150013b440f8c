package dev.keizoku.operator.child;

import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.job.JobTemplate;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.run.RunContext;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The Job and the pod that a spec would make, tried by a server-side dry run as soon as the spec is
 * seen: whoever waits for a corpus of three days hears today that the namespace does not take his
 * pod. Once a spec, and again only while it is refused.
 *
 * @param <R> the resource
 * @param run its kind and the installation
 * @param resource whose run has not begun
 */
public record Trial<R extends CustomResource<?, ?> & RunResource>(RunContext<R> run, R resource) {
  /** What passes by itself, or says nothing of the pod. */
  private static final List<String> NO_REFUSAL =
      List.of("exceeded quota", "error looking up service account", "does not support dry run");

  private boolean isDue() {
    var status = resource.runStatus();
    if (status.startTime() != null || run.intent(resource).policy().suspend()) {
      return false;
    }
    return StatusReason.of(status) == RunReason.REFUSED
        || !Objects.equals(status.observedGeneration(), resource.getMetadata().getGeneration());
  }

  /** Why the API server would not take both; empty when it would, or need not be asked now. */
  public Optional<Refusal> refusal(KubernetesClient client) {
    if (!isDue()) {
      return Optional.empty();
    }
    var job = job();
    var called = "Job " + job.getMetadata().getName();
    try {
      // The server's own answer bears what it adds for the Job controller.
      var taken = client.resource(job).dryRun().create();
      called = "a pod of " + called;
      client.resource(pod(taken)).dryRun().create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Refusal.lasting(called, e)
          .filter(refusal -> NO_REFUSAL.stream().noneMatch(refusal.words()::contains));
    }
  }

  private Job job() {
    var intent = run.intent(resource);
    var policy = resource.runPolicy();
    var names = RunNames.of(intent.name(), intent.runUid(), intent.specHash());
    var program =
        run.program(
            resource,
            JobTemplate.run(policy.podTemplate()),
            names.configMap(),
            run.kind().devices(resource));
    return JobTemplate.job(resource, policy, Attempt.ordered(1, names.job(1), null), program);
  }

  /**
   * As the Job controller would make it: policies against pods that nobody owns let it through.
   * Only that its owner waits for it is left out, which the operator has no right to say.
   */
  private static Pod pod(Job job) {
    var template = job.getSpec().getTemplate();
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(job.getMetadata().getNamespace())
        .withGenerateName(job.getMetadata().getName() + "-")
        .withLabels(template.getMetadata().getLabels())
        .withAnnotations(template.getMetadata().getAnnotations())
        .addNewOwnerReference()
        .withApiVersion(job.getApiVersion())
        .withKind(job.getKind())
        .withName(job.getMetadata().getName())
        .withUid(job.getMetadata().getUid())
        .withController(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
