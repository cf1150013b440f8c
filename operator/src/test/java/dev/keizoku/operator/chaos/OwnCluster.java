package dev.keizoku.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.operator.kubeapi.KubeApi;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A kube-apiserver, etcd and kube-controller-manager of these tests' own, with our definitions: it
 * can be away and forget, which the one that all other tests share must not. Pods get no node.
 */
final class OwnCluster {
  /** Far more than is ever needed, so that a busy machine makes nothing fail. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final AtomicInteger NAMESPACES = new AtomicInteger();
  private static OwnCluster instance;

  private final ControlPlane programs = new ControlPlane();
  private final List<Door> doors = new CopyOnWriteArrayList<>();
  private final Door ownDoor = door();
  private final KubernetesClient admin;

  private OwnCluster() {
    Runtime.getRuntime().addShutdownHook(new Thread(programs::stop));
    programs.startEtcd();
    startApiServer();
    admin = client(ownDoor);
    awaitReady();
    KubeApi.installDefinitions(admin);
    programs.startControllers(kubeconfig(ownDoor));
  }

  /** The one of this JVM. */
  static synchronized OwnCluster get() {
    if (instance == null) {
      instance = new OwnCluster();
    }
    return instance;
  }

  /** A client that may do everything. */
  KubernetesClient admin() {
    return admin;
  }

  /** A client that may do everything while that door is open. */
  KubernetesClient client(Door door) {
    return KubeApi.patient(kubeconfig(door));
  }

  /** A way to the API server. */
  Door door() {
    var door = new Door();
    door.leadTo(programs.apiServerPort());
    doors.add(door);
    return door;
  }

  /** How a program finds the API server; written into that folder. */
  Path kubeconfigFile(Path folder) {
    try {
      return Files.writeString(folder.resolve("kubeconfig"), kubeconfig(ownDoor));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String kubeconfig(Door door) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - {name: own, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}
    users:
    - {name: admin, user: {token: %s}}
    contexts:
    - {name: own, context: {cluster: own, user: admin}}
    current-context: own
    """
        .formatted(door.port(), ControlPlane.TOKEN);
  }

  String newNamespace() {
    var name = "chaos-" + NAMESPACES.incrementAndGet();
    admin
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  /**
   * The API server is started anew and etcd compacted: nobody knows what changed before, and a
   * watch that wants to go on from there is told that it is gone.
   */
  void forget() {
    programs.stopApiServer();
    compact();
    startApiServer();
    awaitReady();
  }

  private void startApiServer() {
    programs.startApiServer();
    doors.forEach(door -> door.leadTo(programs.apiServerPort()));
  }

  private void awaitReady() {
    Awaitility.await("the API server")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              // Another program may have taken its port first.
              if (!programs.apiServerLives()) {
                startApiServer();
              }
              return "ok".equals(admin.raw("/readyz"));
            });
  }

  private void compact() {
    var revision = etcd("/v3/kv/range", "{\"key\":\"AA==\"}");
    var number = revision.replaceFirst("(?s).*\"revision\":\"(\\d+)\".*", "$1");
    etcd("/v3/kv/compaction", "{\"revision\":\"%s\",\"physical\":true}".formatted(number));
  }

  private String etcd(String path, String body) {
    var uri = URI.create("http://127.0.0.1:" + programs.etcdPort() + path);
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
