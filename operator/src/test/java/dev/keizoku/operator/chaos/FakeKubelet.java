package dev.keizoku.operator.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.keizoku.operator.kubeapi.FakeContainers;
import dev.keizoku.operator.kubeapi.Manifests;
import dev.keizoku.operator.naming.Labels;
import dev.keizoku.operator.naming.SpecHash;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/**
 * Starts and ends the programs of all pods, which the real Job controller makes: each first attempt
 * fails, each second one is right. What a program makes follows from its run file alone.
 */
final class FakeKubelet {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String UID =
      "\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9a-f]+-\\d+)?";

  private final KubernetesClient client;

  FakeKubelet(KubernetesClient client) {
    this.client = client;
  }

  /** Brings each pod one step further. */
  void play() {
    client
        .pods()
        .inAnyNamespace()
        .withLabel(Labels.MANAGED_BY, Labels.OPERATOR)
        .withoutField("status.phase", "Succeeded")
        .withoutField("status.phase", "Failed")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .forEach(this::play);
  }

  /** Goes on with that until something is so. */
  void playUntil(BooleanSupplier fact) {
    Awaitility.await("the moment")
        .atMost(OwnCluster.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              play();
              return fact.getAsBoolean();
            });
  }

  private void play(Pod pod) {
    if (!"Running".equals(pod.getStatus().getPhase())) {
      status(pod, "Running", FakeContainers.running());
    } else if ("1".equals(pod.getMetadata().getLabels().get(Labels.ATTEMPT))) {
      status(pod, "Failed", FakeContainers.ended(1, "Exception: out of luck"));
    } else {
      status(pod, "Succeeded", FakeContainers.ended(0, report(pod)));
    }
  }

  private String report(Pod pod) {
    var text =
        client
            .configMaps()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getSpec().getVolumes().getFirst().getConfigMap().getName())
            .get()
            .getData()
            .get("run.yaml");
    var run = read(text);
    var uid = run.path("runUid").asText();
    var output = run.path("output").asText();
    var digest = digest(pod.getMetadata().getNamespace(), text);
    boolean plans = pod.getMetadata().getLabels().containsKey(Labels.PLAN);
    return switch (pod.getMetadata().getLabels().get(Labels.KIND)) {
      case "fincorpus" -> Manifests.corpusReport(uid, output, digest.substring(0, 16));
      case "continualpretrain" ->
          plans
              ? Manifests.planReport(uid, true, "Planned", "Needs 1.50 GiB a device.")
              : Manifests.trainReport(uid, output).replace(Manifests.digest("model"), digest);
      default ->
          plans
              ? Manifests.evalPlanReport(uid, true, "Planned", "2 models.")
              : Manifests.evalReport(uid, output, 0.05).replace(Manifests.digest("eval"), digest);
    };
  }

  /** Of all that a program is told, but for whose run it is. */
  private static String digest(String namespace, String runFile) {
    return SpecHash.of(
        runFile
            .replace(namespace, "namespace")
            .replaceAll(UID, "uid")
            .replaceAll("/[0-9a-f]{8}(?=[/\"\\s])", "/uid"));
  }

  private static JsonNode read(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private void status(Pod pod, String phase, ContainerState state) {
    try {
      client
          .resource(pod)
          .editStatus(
              live ->
                  new PodBuilder(live)
                      .editStatus()
                      .withPhase(phase)
                      .withContainerStatuses(FakeContainers.program(live, state))
                      .endStatus()
                      .build());
    } catch (KubernetesClientException e) {
      // Its Job was deleted meanwhile, or its controller has written.
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }
}
