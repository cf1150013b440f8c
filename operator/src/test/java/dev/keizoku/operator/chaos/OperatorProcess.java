package dev.keizoku.operator.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The packaged operator as a program of its own, so that it can be killed as a node's death does.
 */
final class OperatorProcess {
  /** Namespace of its lease. */
  static final String HOME = "default";

  private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");

  private final Process process;
  private final File log;

  private OperatorProcess(Process process, File log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts one that serves all namespaces.
   *
   * @param name of its pod; the lease is that one's at once, and another's when it has run out
   */
  static OperatorProcess start(OwnCluster cluster, Path folder, String name) {
    assertThat(PROGRAM).as("the packaged operator: run this test by mvn verify").isRegularFile();
    var log = folder.resolve(name + ".log").toFile();
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-Xmx160m",
                "-Xmn24m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                PROGRAM.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    var environment = builder.environment();
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.put("KUBECONFIG", cluster.kubeconfigFile(folder).toString());
    environment.put("HOSTNAME", name);
    environment.put("KUBERNETES_NAMESPACE", HOME);
    // All, as the Operator Lifecycle Manager says it.
    environment.put("QUARKUS_OPERATOR_SDK_NAMESPACES", "");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    // A free one.
    environment.put("QUARKUS_HTTP_PORT", "0");
    environment.put("KEIZOKU_STORAGE_ENDPOINT", "http://minio:9000");
    environment.put("KEIZOKU_STORAGE_BUCKET", "keizoku");
    environment.put("KEIZOKU_BACKOFF_INITIAL", "300ms");
    // Nobody takes the traces, which harms nothing.
    environment.put("KEIZOKU_TRACING_ENDPOINT", "http://127.0.0.1:1");
    try {
      var process = builder.start();
      // Also when the test JVM is ended early.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      return new OperatorProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it without a word: nothing is written, closed or given back. */
  void kill() {
    ControlPlane.end(process);
  }

  /** How many objects of each class it keeps, by the class's name. */
  Map<String, Long> kept() throws IOException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var asked =
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    // "  12:  345  6789  a.b.C (module)"
    return new String(asked.getInputStream().readAllBytes(), UTF_8)
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length >= 4 && columns[0].endsWith(":"))
        .collect(
            Collectors.toMap(
                columns -> columns[3], columns -> Long.parseLong(columns[1]), Long::sum));
  }

  /** What it has said so far. */
  String said() {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
