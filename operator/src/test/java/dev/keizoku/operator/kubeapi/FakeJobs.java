package dev.keizoku.operator.kubeapi;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** Does to the Jobs of a namespace, and with them to their pods, what the Job controller would. */
final class FakeJobs {
  private final KubernetesClient client;
  private final String namespace;
  private final FakeEvents events;
  private final FakePods pods;

  FakeJobs(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    this.events = new FakeEvents(client, namespace);
    this.pods = new FakePods(client, namespace);
  }

  /** The container that the program runs in. */
  static Container program(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().getFirst();
  }

  /** The Job of the first attempt of that run. */
  Job awaitJobOf(String resource, String runUid) {
    return await(
        "Job of run " + runUid,
        () ->
            attempts(resource).stream()
                .filter(
                    job ->
                        runUid.equals(
                            job.getMetadata().getAnnotations().get("keizoku.dev/run-uid")))
                .findFirst());
  }

  List<Job> jobs(String resource) {
    return client
        .batch()
        .v1()
        .jobs()
        .inNamespace(namespace)
        .withLabel("keizoku.dev/name", resource)
        .list()
        .getItems();
  }

  /** The Jobs that train, without the one that plans. */
  List<Job> attempts(String resource) {
    return jobs(resource).stream()
        .filter(job -> job.getMetadata().getLabels().containsKey("keizoku.dev/attempt"))
        .toList();
  }

  Job awaitPlan(String resource) {
    return await(
        "Job that plans " + resource,
        () ->
            jobs(resource).stream()
                .filter(job -> job.getMetadata().getLabels().containsKey("keizoku.dev/plan"))
                .filter(job -> job.getStatus().getConditions().isEmpty())
                .findFirst());
  }

  /** The Job that deletes the resource's artifacts. */
  Job awaitDeletion(String resource) {
    return await(
        "Job that deletes what " + resource + " made",
        () ->
            jobs(resource).stream()
                .filter(job -> job.getMetadata().getName().endsWith("-del"))
                .findFirst());
  }

  Optional<Job> job(String resource, int attempt) {
    return jobs(resource).stream()
        .filter(
            job ->
                Integer.toString(attempt)
                    .equals(job.getMetadata().getLabels().get("keizoku.dev/attempt")))
        .findFirst();
  }

  Job awaitJob(String resource, int attempt) {
    return await("Job of attempt " + attempt, () -> job(resource, attempt));
  }

  private static Job await(String what, Callable<Optional<Job>> found) {
    return Awaitility.await(what).until(found, Optional::isPresent).orElseThrow();
  }

  /** Makes the pod from the Job's own template; the API server admits it or says why not. */
  Pod start(String resource, int attempt) {
    return start(awaitJob(resource, attempt), "pod");
  }

  /** Tries to make the pod, as the Job controller does, and tells of a refusal as it does. */
  void refused(Job job) {
    try {
      start(job, "refused");
    } catch (KubernetesClientException e) {
      events.warn(job, "FailedCreate", "Error creating: " + e.getStatus().getMessage());
      return;
    }
    throw new AssertionError("the API server took the pod");
  }

  /** The same for that Job; the suffix tells its pods apart. */
  Pod start(Job job, String suffix) {
    started(job.getMetadata().getName());
    var template = job.getSpec().getTemplate();
    var made =
        client
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(job.getMetadata().getName() + "-" + suffix)
                    .withLabels(template.getMetadata().getLabels())
                    .addToLabels("batch.kubernetes.io/job-name", job.getMetadata().getName())
                    .addNewOwnerReference()
                    .withApiVersion("batch/v1")
                    .withKind("Job")
                    .withName(job.getMetadata().getName())
                    .withUid(job.getMetadata().getUid())
                    .withController(true)
                    .endOwnerReference()
                    .endMetadata()
                    .withSpec(template.getSpec())
                    .build())
            .create();
    return pods.running(made);
  }

  /** The Job controller notes the time before it makes a pod. */
  private void started(String job) {
    named(job)
        .editStatus(
            j -> {
              if (j.getStatus().getStartTime() == null) {
                j.getStatus().setStartTime(FakeContainers.now());
              }
              return j;
            });
  }

  /** Ends the program, and the Job with it. */
  void end(Pod pod, int exitCode, String message) {
    pods.exit(pod, exitCode, message);
    finish(pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name"), exitCode == 0);
  }

  /**
   * Takes the pod away as an eviction does: it is marked, told to stop, held by the Job's finalizer
   * until it has ended, and the Job fails by the rule for disruptions.
   */
  void evict(Pod pod, String message) {
    var live = pods.tracked(pod);
    live.editStatus(
        p ->
            new PodBuilder(p)
                .editStatus()
                .addNewCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .withReason("EvictionByEvictionAPI")
                .withMessage("Eviction API: evicting")
                .endCondition()
                .endStatus()
                .build());
    live.delete();
    pods.exit(pod, 143, message);
    finish(
        pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name"),
        "PodFailurePolicy",
        "Pod %s/%s has condition DisruptionTarget matching FailJob rule at index 1"
            .formatted(namespace, pod.getMetadata().getName()));
    live.edit(p -> new PodBuilder(p).editMetadata().withFinalizers().endMetadata().build());
  }

  /** Holds a Job back as a queue does. */
  void holdBack(Job job) {
    named(job.getMetadata().getName())
        .edit(j -> new JobBuilder(j).editSpec().withSuspend(true).endSpec().build());
  }

  private ScalableResource<Job> named(String job) {
    return client.batch().v1().jobs().inNamespace(namespace).withName(job);
  }

  /** Ends a Job as the Job controller does. */
  void finish(String job, boolean good) {
    finish(
        job, good ? null : "BackoffLimitExceeded", "Job has reached the specified backoff limit");
  }

  /**
   * @param failure why it failed; null when it did not
   */
  private void finish(String job, String failure, String message) {
    edited(
        job,
        j -> {
          var time = FakeContainers.now();
          var status = j.getStatus();
          status.setStartTime(status.getStartTime() == null ? time : status.getStartTime());
          if (failure == null) {
            status.setSucceeded(1);
            status.setCompletionTime(time);
            status.getConditions().add(condition("SuccessCriteriaMet", "CompletionsReached", ""));
            status.getConditions().add(condition("Complete", "CompletionsReached", ""));
          } else {
            status.setFailed(1);
            status.getConditions().add(condition("FailureTarget", failure, message));
            status.getConditions().add(condition("Failed", failure, message));
          }
          return j;
        });
  }

  /** A Job that its owner has deleted meanwhile has no status to be told. */
  private void edited(String job, UnaryOperator<Job> status) {
    try {
      named(job).editStatus(status);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static JobCondition condition(String type, String reason, String message) {
    return new JobConditionBuilder()
        .withType(type)
        .withStatus("True")
        .withReason(reason)
        .withMessage(message)
        .withLastTransitionTime(FakeContainers.now())
        .build();
  }
}
