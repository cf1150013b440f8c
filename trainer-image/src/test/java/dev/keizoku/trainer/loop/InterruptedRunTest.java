package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keizoku.contract.train.TrainRun;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program in processes of its own, ended in ways that a cluster knows. */
class InterruptedRunTest {
  private static final int STEPS = 150;
  @TempDir Path root;

  private String log(String name) throws IOException {
    return Files.readString(root.resolve(name));
  }

  private void finish(TrainRun run, String log) throws Exception {
    var process = TinyJob.start(root, run, root.resolve(log));
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(log(log)).isZero();
  }

  private void awaitLine(Process process, String log, String text) throws Exception {
    await(text)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> log(log).contains(text) || !process.isAlive());
    assertThat(log(log)).contains(text);
  }

  @Test
  void killedOrStoppedRunsEndWithTheSameBits() throws Exception {
    var job = new TinyJob(root, 4, 1, STEPS);
    var undisturbed = job.withOutput("undisturbed");
    finish(undisturbed, "undisturbed.log");
    assertThat(log("undisturbed.log")).contains("perplexity");

    var disturbed = job.withOutput("disturbed");
    var killed = TinyJob.start(root, disturbed, root.resolve("killed.log"));
    awaitLine(killed, "killed.log", "Checkpoint of step 10 is complete");
    killed.destroyForcibly().waitFor();

    var stopped = TinyJob.start(root, disturbed, root.resolve("stopped.log"));
    awaitLine(stopped, "stopped.log", "Going on from the checkpoint of step");
    stopped.destroy();
    assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(stopped.exitValue()).as(log("stopped.log")).isEqualTo(143);

    damageNewest(disturbed);
    finish(disturbed, "resumed.log");
    assertThat(log("resumed.log")).contains("Passing over the checkpoint");
    assertThat(metrics(disturbed)).as(log("resumed.log")).isEqualTo(metrics(undisturbed));
    assertThat(TinyJob.STORE.read(TinyJob.output(disturbed, "model/model.safetensors")))
        .isEqualTo(TinyJob.STORE.read(TinyJob.output(undisturbed, "model/model.safetensors")));
  }

  @Test
  void killedAtAnyMomentItEndsWithTheSameBits() throws Exception {
    var job = new TinyJob(root, 2, 2, 100);
    var undisturbed = job.withOutput("whole");
    finish(undisturbed, "whole.log");

    var killed =
        job.copy(Map.of("output", job.withOutput("killed").output(), "checkpoint.steps", 1));
    var random = new Random(5);
    var attempts = new StringBuilder();
    for (var round = 0; round < 5; round++) {
      var log = "killed-%d.log".formatted(round);
      var process = TinyJob.start(root, killed, root.resolve(log));
      awaitLine(process, log, "StepNews - Step");
      if (round % 2 == 0) {
        awaitHalfACheckpoint(process);
      } else {
        assertThat(process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS))
            .as("the run ended before it could be killed: give it more steps")
            .isFalse();
      }
      process.destroyForcibly().waitFor();
      attempts.append(log(log));
    }
    finish(killed, "rest.log");
    attempts.append(log("rest.log"));
    assertThat(metrics(killed)).as(attempts.toString()).isEqualTo(metrics(undisturbed));
    assertThat(TinyJob.STORE.read(TinyJob.output(killed, "model/model.safetensors")))
        .isEqualTo(TinyJob.STORE.read(TinyJob.output(undisturbed, "model/model.safetensors")));
  }

  // As text, so that a difference shows at which step it began.
  private static String metrics(TrainRun run) {
    return new String(TinyJob.metrics(run), StandardCharsets.UTF_8);
  }

  private void awaitHalfACheckpoint(Process process) {
    await("a checkpoint without its metadata.json")
        .atMost(Duration.ofMinutes(1))
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .failFast("the run ended before it could be killed", () -> !process.isAlive())
        .until(this::aCheckpointIsHalf);
  }

  private boolean aCheckpointIsHalf() {
    var folder = root.resolve("killed/checkpoints").toFile();
    var steps = folder.list();
    return steps != null
        && steps.length > 0
        && !new File(folder, Collections.max(List.of(steps)) + "/metadata.json").exists();
  }

  private static void damageNewest(TrainRun run) throws IOException {
    var newest =
        TinyJob.STORE.list(TinyJob.output(run, "checkpoints")).stream()
            .filter(info -> info.uri().name().equals("rank-2.bin"))
            .reduce((a, b) -> b)
            .orElseThrow();
    var file = Path.of(newest.uri().path());
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }
}
