package dev.keizoku.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.Binaries;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs of a cluster, with a folder of their own; they end with this JVM. */
final class ControlPlane {
  /** Of who may do everything. */
  static final String TOKEN = "chaos";

  private final Binaries binaries;
  private final Path folder;
  private final List<Process> running = new ArrayList<>();
  private Process apiServer;
  private int etcdPort;
  private int apiServerPort;

  ControlPlane() {
    var manager = new BinaryManager(KubeAPIServerConfigBuilder.anAPIServerConfig().build());
    manager.initAndDownloadIfRequired();
    binaries = manager.binaries();
    try {
      folder = Files.createTempDirectory("chaos-");
      Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,admin,system:masters\n");
      var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
      pem("accounts.key", "PRIVATE KEY", keys.getPrivate());
      pem("accounts.pub", "PUBLIC KEY", keys.getPublic());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void pem(String file, String what, Key key) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, text, what));
  }

  int etcdPort() {
    return etcdPort;
  }

  int apiServerPort() {
    return apiServerPort;
  }

  boolean apiServerLives() {
    return apiServer.isAlive();
  }

  void startEtcd() {
    etcdPort = freePort();
    var own = "http://127.0.0.1:" + etcdPort;
    start(
        binaries.getEtcd(),
        "--data-dir=" + folder.resolve("etcd"),
        "--unsafe-no-fsync",
        "--listen-client-urls=" + own,
        "--advertise-client-urls=" + own,
        "--listen-peer-urls=http://127.0.0.1:" + freePort());
  }

  /** Starts one, on another port each time. */
  void startApiServer() {
    apiServerPort = freePort();
    apiServer =
        start(
            binaries.getApiServer(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--secure-port=" + apiServerPort,
            "--cert-dir=" + folder.resolve("certificates"),
            "--service-cluster-ip-range=10.0.0.0/24",
            "--authorization-mode=RBAC",
            "--token-auth-file=" + folder.resolve("tokens.csv"),
            "--service-account-issuer=https://chaos",
            "--service-account-key-file=" + folder.resolve("accounts.pub"),
            "--service-account-signing-key-file=" + folder.resolve("accounts.key"),
            "--disable-admission-plugins=ServiceAccount");
  }

  void stopApiServer() {
    end(apiServer);
  }

  /** The real Job controller, and the collector of what nobody owns. */
  void startControllers(String kubeconfig) {
    var program = new File(binaries.getApiServer().getParentFile(), "kube-controller-manager");
    assertThat(program).as("see dev/cluster/kube-api-test.sh").exists();
    try {
      start(
          program,
          "--kubeconfig=" + Files.writeString(folder.resolve("controllers"), kubeconfig),
          "--controllers=job-controller,garbage-collector-controller",
          "--leader-elect=false",
          "--secure-port=0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(File program, String... options) {
    var command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(options));
    try {
      var log = folder.resolve(program.getName() + ".log").toFile();
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a program without a word, and waits until it is dead. */
  static void end(Process process) {
    process.destroyForcibly();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it is dead").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void stop() {
    running.reversed().forEach(ControlPlane::end);
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
