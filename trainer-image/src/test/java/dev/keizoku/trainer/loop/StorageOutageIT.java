package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.FinalReport;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectInfo;
import dev.keizoku.storage.RetryPolicy;
import dev.keizoku.storage.open.StoreRouter;
import dev.keizoku.storage.s3.Credentials;
import dev.keizoku.testing.MinioServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
  void theStoreMayBeAwayForFiveMinutes() {
    assertThat(RetryPolicy.DEFAULT.giveUpAfter()).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

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
      var context = new RunContext(board, new StopSignal());
      var report =
          CompletableFuture.supplyAsync(
              () -> InProcess.run(run, root.resolve("scratch-s3"), store, context));
      while (board.report().lastCheckpointStep() == null) {
        assertThat(report).isNotDone();
        Thread.sleep(20);
      }
      minio.stop();
      var away = board.report().step();
      // Several checkpoints are due meanwhile.
      awaitStep(board, report, Math.min(away + 150, STEPS));
      assertThat(board.report().lastCheckpointStep()).isLessThanOrEqualTo(away);
      minio.start();

      assertThat(report.get(120, TimeUnit.SECONDS).train().steps()).isEqualTo(STEPS);
      assertThat(store.read("s3://keizoku/run/model/metrics.jsonl"))
          .isEqualTo(TinyJob.metrics(undisturbed));
      var committed =
          store.list("s3://keizoku/run/checkpoints").stream()
              .filter(object -> object.uri().endsWith("/metadata.json"))
              .map(ObjectInfo::uri)
              .toList();
      assertThat(committed).hasSize(2);
      assertThat(committed.getLast()).contains("step-%08d".formatted(STEPS));
    }
  }

  private static void awaitStep(
      dev.keizoku.program.ProgressBoard board, CompletableFuture<FinalReport> report, long step)
      throws InterruptedException {
    while (board.report().step() < step) {
      assertThat(report).isNotDone();
      Thread.sleep(20);
    }
  }
}
