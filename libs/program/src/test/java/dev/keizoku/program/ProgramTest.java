package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ProgramTest {
  private static final FinalReport DONE =
      new FinalReport(
          "uid",
          "Completed",
          "Done.",
          new Artifact("s3://b/m", "ab", 1L),
          null,
          null,
          null,
          null,
          null,
          null);

  private static final int PORT = freePort();

  @TempDir Path folder;

  @Test
  void finishedWorkExitsWithZeroAndItsReport() throws IOException {
    assertThat(run("endpoint: http://minio:9000", (run, context) -> DONE)).isZero();
    assertThat(report()).isEqualTo(DONE);
  }

  @Test
  void anExhaustedHeapIsToldAsTheEndOfThisRun() throws IOException {
    var code =
        run(
            "region: tokyo",
            (run, context) -> {
              throw new OutOfMemoryError("Java heap space");
            });
    assertThat(code).isEqualTo(75);
    assertThat(report().runUid()).isEqualTo("tokyo");
    assertThat(report().reason()).isEqualTo("OutOfMemory");
    assertThat(report().message()).contains("raise the memory limit");
  }

  @Test
  void faultsOfTheUserExitWith42AndTheSentence() throws IOException {
    var code =
        run(
            "region: tokyo",
            (run, context) -> {
              throw RunFault.userError(Reason.BUCKET_NOT_FOUND, "Create the bucket.");
            });
    assertThat(code).isEqualTo(42);
    assertThat(report().reason()).isEqualTo("BucketNotFound");
    assertThat(report().message()).isEqualTo("Create the bucket.");
    assertThat(report().runUid()).isEqualTo("tokyo");
  }

  @Test
  void unexpectedFaultsAreWorthAnotherAttempt() throws IOException {
    var code =
        run(
            "region: tokyo",
            (run, context) -> {
              throw new IOException("disk full");
            });
    assertThat(code).isEqualTo(75);
    assertThat(report().message()).contains("disk full");
  }

  @Test
  void misspeltFieldsAreNamedWithTheirLine() throws IOException {
    assertThat(run("region: tokyo\nendpont: x", (run, context) -> DONE)).isEqualTo(42);
    assertThat(report().message()).contains("line 2, field endpont", "did you mean endpoint?");
  }

  @Test
  void missingRunFileIsTheUsersFault() throws IOException {
    var code = execute(folder.resolve("none.yaml").toString(), (run, context) -> DONE);
    assertThat(code).isEqualTo(42);
    assertThat(report().reason()).isEqualTo("RunFileUnreadable");
  }

  @Test
  void scratchGoesWithTheRun() throws IOException {
    var given = new AtomicReference<Path>();
    run(
        "region: tokyo",
        (run, context) -> {
          given.set(context.scratch());
          Files.writeString(Files.createDirectory(given.get().resolve("sub")).resolve("file"), "x");
          return DONE;
        });
    assertThat(given.get()).isNotNull().doesNotExist();
    assertThat(given.get().getParent()).isDirectory();
  }

  @Test
  void aFullDiskHasItsSentence() throws IOException {
    var code =
        run(
            "region: tokyo",
            (run, context) -> {
              Files.write(Path.of("/dev/full"), new byte[] {1});
              return DONE;
            });
    assertThat(code).as("another attempt would fill it again").isEqualTo(42);
    assertThat(report().reason()).isEqualTo("ScratchFull");
    assertThat(report().message())
        .startsWith("A local disk is full; give a larger one for --scratch")
        .contains("a volume called scratch in podTemplate");
  }

  @Test
  void progressAndMetricsAreServedWhileItRuns() throws IOException {
    run(
        "region: tokyo",
        (run, context) -> {
          context.progress().begin("train", "steps", 0, 10L);
          context.progress().step(4);
          context.progress().metric("learningRate", 0.5);
          context.progress().metric("loss", Double.NaN);
          var progress = get("/progress");
          assertThat(progress)
              .contains("\"step\":4", "\"learningRate\":0.5", "\"runUid\":\"tokyo\"");
          assertThat(progress).doesNotContain("NaN");
          assertThat(get("/metrics"))
              .contains("keizoku_test_step 4.0", "keizoku_test_learning_rate 0.5");
          assertThat(context.save().requested()).isNull();
          assertThat(get("/progress?checkpoint=2026-01-01T00:00:00Z")).isEqualTo(progress);
          assertThat(context.save().requested()).isEqualTo("2026-01-01T00:00:00Z");
          return DONE;
        });
    assertThat(report()).isEqualTo(DONE);
  }

  @Test
  void theLastCheckpointIsInTheReportOfEveryEnd() throws IOException {
    run(
        "region: tokyo",
        (run, context) -> {
          context.progress().checkpoint(200);
          return DONE;
        });
    assertThat(report().lastCheckpointStep()).isEqualTo(200);
    run(
        "region: tokyo",
        (run, context) -> {
          context.progress().checkpoint(70);
          throw RunFault.userError(Reason.DIVERGED, "Lower the learning rate.");
        });
    assertThat(report().lastCheckpointStep()).isEqualTo(70);
  }

  @Test
  void sigtermLetsTheWorkSaveAndExitsWith143() throws Exception {
    Files.writeString(folder.resolve("run.yaml"), "region: tokyo");
    Files.createFile(folder.resolve("termination"));
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                SavingMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("working");
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(folder.resolve("saved")).exists();
    assertThat(report().reason()).isEqualTo("Stopped");
  }

  /** Works until it is asked to stop, then saves. */
  static final class SavingMain {
    public static void main(String[] args) {
      var folder = Path.of(args[0]);
      System.exit(
          ProgramTest.execute(
              folder,
              folder.resolve("run.yaml").toString(),
              (run, context) -> {
                System.out.println("working");
                await("the request to stop").until(context.stop()::requested);
                Files.createFile(folder.resolve("saved"));
                throw new StopSignal.Stopped();
              }));
    }
  }

  private int run(String yaml, Program.Work<StorageSpec> work) throws IOException {
    var file = Files.writeString(folder.resolve("run.yaml"), yaml);
    return execute(file.toString(), work);
  }

  private int execute(String file, Program.Work<StorageSpec> work) throws IOException {
    Files.deleteIfExists(folder.resolve("termination"));
    Files.createFile(folder.resolve("termination"));
    return execute(folder, file, work);
  }

  private static int execute(Path folder, String file, Program.Work<StorageSpec> work) {
    var command = new OptionsOnly();
    var arguments =
        List.of(file, "--port=" + PORT, "--termination-log=" + folder.resolve("termination"));
    new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
    return new Program<>("keizoku_test", StorageSpec.class, StorageSpec::region)
        .run(command.options, work);
  }

  @Command
  private static final class OptionsOnly {
    @Mixin ProgramOptions options = new ProgramOptions();
  }

  private FinalReport report() throws IOException {
    return new ObjectMapper()
        .readValue(Files.readString(folder.resolve("termination")), FinalReport.class);
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String get(String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
