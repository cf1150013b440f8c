package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint goes on with other devices and stages; not with other data or hyper-parameters. */
class ResumeElsewhereTest {
  private static final int STEPS = 40;
  @TempDir Path root;

  private static double[] losses(TrainRun run) {
    return TinyJob.log(run).steps().stream()
        .mapToDouble(line -> line.values().get("loss"))
        .toArray();
  }

  @Test
  void fourThenTwoThenOneDeviceGiveTheSameCurve() {
    var job = new TinyJob(root, 4, 2, STEPS);
    var whole = job.withOutput("whole");
    InProcess.run(whole, root.resolve("scratch"));

    var moved = moved(job, 4, 2);
    InProcess.stopAt(moved, root.resolve("scratch-4"), 7);
    moved = moved(job, 2, 3);
    InProcess.stopAt(moved, root.resolve("scratch-2"), 17);
    moved = moved(job, 1, 0);
    var report = InProcess.run(moved, root.resolve("scratch-1"));
    assertThat(report.train().resumedFromStep()).isEqualTo(17);
    var expected = losses(whole);
    var actual = losses(moved);
    for (var i = 0; i < STEPS; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  /** Without sharding each rank has the whole state, and each has to get it back. */
  @Test
  void everyRankOfStageZeroGoesOnFromTheCheckpoint() {
    var job = new TinyJob(root, 2, 0, STEPS);
    var whole = job.withOutput("whole");
    InProcess.run(whole, root.resolve("scratch"));
    var stopped = job.withOutput("stopped");
    InProcess.stopAt(stopped, root.resolve("scratch-a"), 7);
    assertThat(InProcess.run(stopped, root.resolve("scratch-b")).train().resumedFromStep())
        .isEqualTo(7);
    assertThat(losses(stopped)).containsExactly(losses(whole));
  }

  private static TrainRun moved(TinyJob job, int devices, int stage) {
    return job.copy(
        Map.of(
            "output",
            job.withOutput("moved").output(),
            "parallelism.devices",
            devices,
            "parallelism.zeroStage",
            stage,
            // Two ranks, and only they, keep the optimizer's state apart.
            "parallelism.offloadOptimizer",
            devices == 2,
            "parallelism.activationCheckpointing",
            devices != 2,
            "microBatchSize",
            devices == 2 ? 1 : 2,
            "checkpoint.steps",
            devices == 1 ? 3 : 5));
  }

  @Test
  void anotherRunsCheckpointIsRefused() {
    var job = new TinyJob(root, 1, 1, 5);
    InProcess.run(job.run, root.resolve("scratch"));
    var other = job.copy(Map.of("learningRate", 2e-2));
    assertThatThrownBy(() -> InProcess.run(other, root.resolve("scratch2")))
        .isInstanceOfSatisfying(
            RunFault.class, f -> assertThat(f.reason()).isEqualTo(Reason.OUTPUT_OF_ANOTHER_RUN));
  }
}
