package dev.keizoku.testing;

import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.awaitility.Awaitility.await;

import dev.keizoku.contract.run.StorageSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real MinIO on a free port of 127.0.0.1, with its data in a given folder, so that it can be
 * stopped and started again. Tests are skipped where the binary is not there (system property
 * {@code keizoku.minio}, else {@code ~/.cache/keizoku/bin/minio}).
 */
public final class MinioServer implements AutoCloseable {
  /** The public half of the key pair that the server was started with. */
  public static final String ACCESS_KEY = "keizoku-test";

  /** The other half. */
  public static final String SECRET_KEY = "keizoku-secret";

  private final Path data;
  private final int port;
  private Process process;

  /** Starts a server and waits until it answers. */
  public MinioServer(Path data) throws IOException, InterruptedException {
    this.data = data;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start();
  }

  /** Starts it again after {@link #stop}. */
  public void start() throws IOException, InterruptedException {
    var home = System.getProperty("user.home");
    var binary = Path.of(System.getProperty("keizoku.minio", home + "/.cache/keizoku/bin/minio"));
    Assumptions.assumeTrue(
        Files.isExecutable(binary), "skipped: no MinIO at " + binary + " (make cluster builds it)");
    var builder =
        new ProcessBuilder(
            binary.toString(),
            "server",
            "--quiet",
            "--address",
            "127.0.0.1:" + port,
            "--console-address",
            "127.0.0.1:0",
            data.toString());
    builder.environment().put("MINIO_ROOT_USER", ACCESS_KEY);
    builder.environment().put("MINIO_ROOT_PASSWORD", SECRET_KEY);
    builder.environment().put("HOME", data.resolve("..").toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(data.resolveSibling("minio.log").toFile()));
    process = builder.start();
    // Also when the test JVM is ended early.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitAnswer();
  }

  private void awaitAnswer() throws IOException {
    var probe = HttpRequest.newBuilder(URI.create(endpoint() + "/minio/health/ready")).build();
    try (var http = HttpClient.newHttpClient()) {
      await("MinIO's answer")
          .atMost(Duration.ofSeconds(60))
          // Not listening yet.
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () -> !process.isAlive() || http.send(probe, discarding()).statusCode() == HTTP_OK);
    }
    if (!process.isAlive()) {
      throw new IOException(
          "MinIO did not start: " + Files.readString(data.resolveSibling("minio.log")));
    }
  }

  /** Ends the process at once, as a lost node does. */
  public void stop() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /**
   * Between {@link #stop} and {@link #start}: waits until somebody calls, and hangs up on him, that
   * many times; so a test knows that its outage was met.
   */
  public void hangUp(int calls) throws IOException {
    try (var socket = new ServerSocket(port, 16, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < calls; i++) {
        socket.accept().close();
      }
    }
  }

  /** Its URL. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** The storage part of a run. */
  public StorageSpec spec() {
    return new StorageSpec(endpoint(), null);
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
