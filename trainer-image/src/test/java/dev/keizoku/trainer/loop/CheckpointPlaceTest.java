package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.llm.config.ModelConfig;
import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.plan.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a checkpoint's copy lies while it is uploaded, and what is told meanwhile. */
class CheckpointPlaceTest {
  @TempDir Path root;

  private static TrainingPlan plan(TrainRun run, long hostBytes) {
    return TrainingPlan.of(
        run,
        ModelLayout.of(ModelConfig.of(TinyJob.CONFIG)),
        0,
        Optional.empty(),
        Optional.of(hostBytes),
        Optional.empty());
  }

  /** Runs, and gives for each upload of a rank's file whether a copy was on the scratch volume. */
  private TreeSet<Boolean> onDisk(
      TrainRun run, long nativeBytes, Path scratch, ProgressBoard board) {
    var seen = new TreeSet<Boolean>();
    var store =
        new ForwardingStore(TinyJob.STORE) {
          @Override
          public ObjectUpload create(StoreUri uri) {
            if (uri.toString().endsWith("/rank-1.bin")) {
              seen.add(Files.exists(scratch.resolve("checkpoint/rank-1.bin")));
            }
            return super.create(uri);
          }
        };
    var context = new RunContext(board, new StopSignal(), scratch);
    new TrainingJob(run, store, scratch, new Machine(1, nativeBytes), Clock.systemUTC())
        .run(context);
    return seen;
  }

  @Test
  void hostMemoryIsTakenWhereItHasRoomAndTheScratchVolumeElseWithTheSameBits() {
    var job = new TinyJob(root, 2, 3, 12);
    var inMemory = job.withOutput("memory");
    var onDisk = job.withOutput("disk");
    var needed = 2 * plan(inMemory, 0).memory().deviceBytes();
    var bytes = plan(inMemory, 0).checkpointBytes();
    var little = needed + bytes;
    var enough = (needed + bytes) * 5 / 4 + 1;
    assertThat(plan(inMemory, enough).checkpointInMemory()).isTrue();
    assertThat(plan(onDisk, little).checkpointInMemory()).isFalse();
    assertThat(onDisk(inMemory, enough, root.resolve("s1"), InProcess.board(inMemory)))
        .containsExactly(false);
    assertThat(onDisk(onDisk, little, root.resolve("s2"), InProcess.board(onDisk)))
        .containsExactly(true);
    assertThat(TinyJob.metrics(onDisk)).isEqualTo(TinyJob.metrics(inMemory));
    var step = "checkpoints/step-00000010/rank-1.bin";
    assertThat(TinyJob.STORE.read(TinyJob.output(onDisk, step)))
        .isEqualTo(TinyJob.STORE.read(TinyJob.output(inMemory, step)));
    assertThat(root.resolve("s2/checkpoint")).isEmptyDirectory();
    var stopped =
        job.copy(Map.of("output", job.withOutput("stopped").output(), "checkpoint.steps", 100));
    InProcess.stopAt(stopped, root.resolve("s3"), 10);
    assertThat(TinyJob.STORE.read(TinyJob.output(stopped, step)))
        .as("sent from where it lay")
        .isEqualTo(TinyJob.STORE.read(TinyJob.output(inMemory, step)));
  }

  @Test
  void whatIsNotTrainedOnAnyMoreIsNotCopied() {
    var job = new TinyJob(root, 2, 3, 4);
    var run = job.copy(Map.of("checkpoint.steps", 100));
    var little = 2 * plan(run, 0).memory().deviceBytes() + plan(run, 0).checkpointBytes();
    assertThat(plan(run, little).checkpointInMemory()).isFalse();
    assertThat(onDisk(run, little, root.resolve("s"), InProcess.board(run))).containsExactly(false);
    assertThat(root.resolve("s/checkpoint")).doesNotExist();
  }

  @Test
  void weightsThatGoInAndOutAndCheckpointsThatComeBackAreToldInBytes() {
    var job = new TinyJob(root, 2, 3, 12);
    var base = job.copy(Map.of("maxSteps", 1));
    InProcess.run(base, root.resolve("s0"));
    var run =
        job.copyOf(
            job.without(job.run, "initialize"),
            Map.of(
                "baseModel", Map.of("uri", base.output() + "/model"),
                "output", job.withOutput("tuned").output()));
    InProcess.stopAt(run, root.resolve("s1"), 7);
    var reports = new ArrayList<ProgressReport>();
    var board = InProcess.told(run, reports::add);
    InProcess.run(run, root.resolve("s2"), board);
    var told = new TreeMap<String, ProgressReport>();
    reports.stream().filter(r -> r.unit().equals("bytes")).forEach(r -> told.put(r.stage(), r));
    var parameters = ModelConfig.of(TinyJob.CONFIG).parameters();
    assertThat(told.get("load").totalSteps()).isEqualTo(4 * parameters);
    assertThat(told.get("load").step()).isEqualTo(4 * parameters);
    assertThat(told.get("restore").totalSteps()).isEqualTo(12 * parameters);
    assertThat(told.get("restore").step()).isEqualTo(12 * parameters);
    assertThat(told.get("copy").totalSteps()).isEqualTo(12 * parameters);
    assertThat(told.get("copy").step()).isEqualTo(12 * parameters);
    assertThat(told.get("export").totalSteps()).isEqualTo(4 * parameters);
    assertThat(told.get("export").step()).isEqualTo(4 * parameters);
    assertThat(board.report().metrics())
        .containsKeys("checkpointWaitSeconds", "checkpointWaitPercent");
  }
}
