package dev.keizoku.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.crd.v1alpha1.RunResource;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.storage.ObjectStore;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.s3.Credentials;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A namespace of its own on the real cluster, with the credentials of the chart's MinIO in it. */
final class Cluster implements AutoCloseable {
  static final String SYSTEM_NAMESPACE = "keizoku-system";

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final String namespace;
  private final LocalPortForward minio;
  private final ObjectStore store;

  Cluster(String namespace) {
    this.namespace = namespace;
    var restricted =
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(namespace)
            .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
            .endMetadata()
            .build();
    client.resource(restricted).createOr(existing -> existing.patch());
    var secret = client.secrets().inNamespace(SYSTEM_NAMESPACE).withName("keizoku-minio").get();
    assertThat(secret).as("the chart's MinIO").isNotNull();
    var mine =
        new SecretBuilder()
            .withNewMetadata()
            .withName("keizoku-storage")
            .endMetadata()
            .addToData("AWS_ACCESS_KEY_ID", secret.getData().get("AWS_ACCESS_KEY_ID"))
            .addToData("AWS_SECRET_ACCESS_KEY", secret.getData().get("AWS_SECRET_ACCESS_KEY"))
            .build();
    client.secrets().inNamespace(namespace).resource(mine).createOr(existing -> existing.update());
    minio =
        client.services().inNamespace(SYSTEM_NAMESPACE).withName("keizoku-minio").portForward(9000);
    var endpoint = "http://127.0.0.1:" + minio.getLocalPort();
    store =
        StoreRouter.open(
            new StorageSpec(endpoint, null),
            new Credentials(
                decoded(mine.getData().get("AWS_ACCESS_KEY_ID")),
                decoded(mine.getData().get("AWS_SECRET_ACCESS_KEY"))));
  }

  KubernetesClient client() {
    return client;
  }

  ObjectStore store() {
    return store;
  }

  String namespace() {
    return namespace;
  }

  /** What the operator shows to Prometheus now, in its text form. */
  String operatorMetrics() {
    var pod =
        client
            .pods()
            .inNamespace(SYSTEM_NAMESPACE)
            .withLabel("app.kubernetes.io/component", "operator")
            .list()
            .getItems()
            .getFirst()
            .getMetadata()
            .getName();
    return client.raw(
        "/api/v1/namespaces/" + SYSTEM_NAMESPACE + "/pods/" + pod + ":8080/proxy/q/metrics");
  }

  void apply(HasMetadata resource) {
    client.resource(resource).inNamespace(namespace).createOr(existing -> existing.update());
  }

  /** Waits for the phase; a run that ends otherwise fails at once with its own sentence. */
  <R extends HasMetadata & RunResource> R awaitPhase(
      Class<R> kind, String name, Phase phase, Duration atMost) {
    return await(
        kind,
        name,
        atMost,
        resource -> {
          var status = resource.runStatus();
          if (status.phase() == Phase.FAILED && phase != Phase.FAILED) {
            throw new AssertionError(name + " failed: " + status.message());
          }
          return status.phase() == phase;
        });
  }

  <R extends HasMetadata & RunResource> R await(
      Class<R> kind, String name, Duration atMost, Predicate<R> fact) {
    return Awaitility.await(name)
        .atMost(atMost)
        .pollInterval(Duration.ofSeconds(1))
        // Two cores that train on four ranks answer late at times: the next question tells.
        .ignoreExceptionsMatching(KubernetesClientException.class::isInstance)
        .until(
            () -> client.resources(kind).inNamespace(namespace).withName(name).get(),
            resource -> resource != null && fact.test(resource));
  }

  /** The pods of a resource that are not finished. */
  List<Pod> runningPods(String resource) {
    return client
        .pods()
        .inNamespace(namespace)
        .withLabel("keizoku.dev/name", resource)
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .toList();
  }

  /** Takes the object store away (0) or brings it back (1), with what it held. */
  void scaleMinio(int replicas) {
    client
        .apps()
        .statefulSets()
        .inNamespace(SYSTEM_NAMESPACE)
        .withName("keizoku-minio")
        .scale(replicas);
    Awaitility.await("MinIO's pods")
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              var pod =
                  client.pods().inNamespace(SYSTEM_NAMESPACE).withName("keizoku-minio-0").get();
              return (pod == null) == (replicas == 0);
            });
  }

  /** Lets the API server hang; only the cluster of make cluster can, elsewhere it just waits. */
  void freezeApiServer(Duration time) throws Exception {
    var script = Quickstart.ROOT.resolve("dev/cluster/freeze.sh").toString();
    var seconds = String.valueOf(time.toSeconds());
    var frozen =
        new ProcessBuilder(script, "kube-apiserver", seconds).inheritIO().start().waitFor();
    if (frozen != 0) {
      Thread.sleep(time);
    }
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    client.namespaces().withName(namespace).delete();
    store.close();
    minio.close();
    client.close();
  }
}
