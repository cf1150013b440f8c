package dev.keizoku.operator.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What Kueue says of a Job that it holds back: it writes it into the Job's Workload and nowhere
 * else. Asked for only then.
 *
 * @param client that may list Workloads
 * @param namespace of the Job
 */
public record QueueWords(KubernetesClient client, String namespace) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Why the Job is held back; empty when nobody says, or it is not. */
  public Optional<Headline> about(ObservedJob job) {
    if (job.foreignController() != null) {
      return Optional.of(
          new Headline(
              Phase.QUEUED,
              RunReason.ANOTHER_CLUSTER,
              ("Job %s is given to %s: its pod would run in another cluster, of which nothing is"
                      + " seen here. Take a queue without that admission check.")
                  .formatted(job.name(), job.foreignController())));
    }
    return job.suspended() && job.queue() != null ? workload(job) : Optional.empty();
  }

  private Optional<Headline> workload(ObservedJob job) {
    try {
      return new Workloads(client, namespace)
          .of(job.uid())
          .map(workload -> headline(job.queue(), workload));
    } catch (KubernetesClientException e) {
      return e.getCode() == 404
          ? Optional.of(
              new Headline(
                  Phase.QUEUED,
                  RunReason.INADMISSIBLE,
                  ("Job %s waits in the queue %s, but this cluster has no Kueue: install it, or"
                          + " leave spec.queueName out.")
                      .formatted(job.name(), job.queue())))
          : Optional.empty();
    }
  }

  private Headline headline(String queue, GenericKubernetesResource workload) {
    var name = workload.getMetadata().getName();
    var all = JSON.<JsonNode>valueToTree(workload.getAdditionalProperties());
    var evicted = condition(all, "Evicted", "True");
    if (!all.at("/spec/active").asBoolean(true)) {
      return new Headline(
          Phase.QUEUED,
          RunReason.WORKLOAD_DEACTIVATED,
          "Kueue does not admit Workload %s until its spec.active is true again%s."
              .formatted(name, evicted.map(c -> ": " + words(c)).orElse("")));
    }
    var waits = condition(all, "QuotaReserved", "False");
    if (waits.map(c -> c.path("reason").asText()).filter("Inadmissible"::equals).isPresent()) {
      return new Headline(
          Phase.QUEUED,
          RunReason.INADMISSIBLE,
          "The queue %s does not take Workload %s: %s.".formatted(queue, name, words(waits.get())));
    }
    return new Headline(
        Phase.QUEUED,
        RunReason.WAITING_FOR_QUOTA,
        "Waits for quota of the queue %s%s%s.%s"
            .formatted(
                queue,
                position(queue, name).map(", at position %d"::formatted).orElse(""),
                waits.or(() -> checks(all)).map(c -> ": " + words(c)).orElse(""),
                evicted
                    .map(
                        c ->
                            " It was evicted (%s) and goes on from its checkpoint."
                                .formatted(words(c)))
                    .orElse("")));
  }

  private static Optional<JsonNode> checks(JsonNode workload) {
    return condition(workload, "Admitted", "False");
  }

  /** Place among those that wait in the queue, from 1; empty where Kueue's visibility is off. */
  private Optional<Integer> position(String queue, String workload) {
    var path =
        "/apis/visibility.kueue.x-k8s.io/v1beta1/namespaces/%s/localqueues/%s/pendingworkloads"
            .formatted(namespace, queue);
    try {
      var answer = client.raw(path);
      return answer == null
          ? Optional.empty()
          : StreamSupport.stream(JSON.readTree(answer).path("items").spliterator(), false)
              .filter(item -> workload.equals(item.at("/metadata/name").asText()))
              .findFirst()
              .map(item -> item.path("positionInLocalQueue").asInt() + 1);
    } catch (KubernetesClientException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> condition(JsonNode workload, String type, String status) {
    return StreamSupport.stream(workload.at("/status/conditions").spliterator(), false)
        .filter(c -> type.equals(c.path("type").asText()))
        .filter(c -> status.equals(c.path("status").asText()))
        .findFirst();
  }

  private static String words(JsonNode condition) {
    return condition.path("message").asText().strip().replaceAll("\\.$", "");
  }
}
