package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.remote.RetryPolicy;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.testing.MinioServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real MinIO goes away in the middle of a run and comes back. */
@Timeout(300)
class StorageOutageIT {
  private static final int STEPS = 800;
  @TempDir Path root;

  @Test
  void trainingGoesOnWhileItIsAwayAndEndsWithItsCheckpoints() throws Exception {
    var job = new TinyJob(root, 2, 2, STEPS);
    var undisturbed = job.copy(Map.of("checkpoint.steps", 20));
    InProcess.run(undisturbed, root.resolve("scratch"));

    var run = job.copyOf(undisturbed, Map.of("output", "s3://keizoku/run"));
    var credentials = new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
    try (var minio = new MinioServer(Files.createDirectories(root.resolve("data")));
        var store = StoreRouter.open(minio.spec(), credentials)) {
      var board = InProcess.board(run);
      var context = new RunContext(board, new StopSignal(), root.resolve("scratch-s3"));
      var report =
          CompletableFuture.supplyAsync(
              () -> InProcess.run(run, root.resolve("scratch-s3"), store, context));
      awaitUntil("a checkpoint", report, () -> board.report().lastCheckpointStep() != null);
      minio.stop();
      var away = board.report().step();
      // Several checkpoints are due meanwhile.
      awaitUntil("150 steps more", report, () -> board.report().step() >= away + 150);
      assertThat(board.report().lastCheckpointStep()).isLessThanOrEqualTo(away);
      minio.start();

      assertThat(report.get(120, TimeUnit.SECONDS).train().steps()).isEqualTo(STEPS);
      assertThat(store.read(StoreUri.parse("s3://keizoku/run/model/metrics.jsonl")))
          .isEqualTo(TinyJob.metrics(undisturbed));
      var committed =
          store.list(StoreUri.parse("s3://keizoku/run/checkpoints")).stream()
              .filter(object -> object.uri().name().equals("metadata.json"))
              .map(ObjectInfo::uri)
              .toList();
      assertThat(committed).hasSize(2);
      assertThat(committed.getLast().path()).contains("step-%08d".formatted(STEPS));
    }
  }

  @Test
  void aStoreThatStaysAwayEndsTheAttemptAndTheNextOneGoesOn() throws Exception {
    var job = new TinyJob(root, 2, 2, 200);
    var undisturbed = job.copy(Map.of("checkpoint.steps", 20));
    InProcess.run(undisturbed, root.resolve("scratch"));

    var run = job.copyOf(undisturbed, Map.of("output", "s3://keizoku/run"));
    var credentials = new Credentials(MinioServer.ACCESS_KEY, MinioServer.SECRET_KEY);
    var impatient = RetryPolicy.upTo(Duration.ofSeconds(1));
    try (var minio = new MinioServer(Files.createDirectories(root.resolve("data")));
        var store = StoreRouter.open(minio.spec(), credentials, impatient)) {
      var board = InProcess.board(run);
      var context = new RunContext(board, new StopSignal(), root.resolve("scratch-s3"));
      var report =
          CompletableFuture.supplyAsync(
              () -> InProcess.run(run, root.resolve("scratch-s3"), store, context));
      awaitUntil("a checkpoint", report, () -> board.report().lastCheckpointStep() != null);
      minio.stop();
      assertThat(report)
          .failsWithin(Duration.ofMinutes(2))
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.STORAGE_UNAVAILABLE);
                assertThat(fault.exitCode()).isEqualTo(ExitCode.TRY_AGAIN);
              });
      minio.start();

      var next = InProcess.run(run, root.resolve("scratch-next"), store, context);
      assertThat(next.train().steps()).isEqualTo(200);
      assertThat(store.read(StoreUri.parse("s3://keizoku/run/model/metrics.jsonl")))
          .isEqualTo(TinyJob.metrics(undisturbed));
    }
  }

  private static void awaitUntil(
      String what, CompletableFuture<FinalReport> report, Callable<Boolean> fact) {
    await(what)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(20))
        .failFast("the run is over already", report::isDone)
        .until(fact);
  }
}
