package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.RunFault;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.program.StopSignal;
import dev.keizoku.trainer.report.MetricsLog;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint goes on with other devices and stages; not with other data or hyper-parameters. */
class ResumeElsewhereTest {
  private static final int STEPS = 40;
  @TempDir Path root;

  private static double[] losses(TrainRun run) {
    return MetricsLog.parse(TinyJob.metrics(run), "metrics").steps().stream()
        .mapToDouble(line -> line.values().get("loss"))
        .toArray();
  }

  @Test
  void fourThenTwoThenOneDeviceGiveTheSameCurve() throws InterruptedException {
    var job = new TinyJob(root, 4, 2, STEPS);
    var whole = job.withOutput("whole");
    InProcess.run(whole, root.resolve("scratch"));

    var moved = moved(job, 4, 2);
    assertThat(stopAfterCheckpoint(moved, 5)).isTrue();
    moved = moved(job, 2, 3);
    assertThat(stopAfterCheckpoint(moved, 15)).isTrue();
    moved = moved(job, 1, 0);
    var report = InProcess.run(moved, root.resolve("scratch-1"));
    assertThat(report.train().resumedFromStep()).isGreaterThanOrEqualTo(15);
    var expected = losses(whole);
    var actual = losses(moved);
    for (var i = 0; i < STEPS; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5));
    }
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
            devices == 2));
  }

  /** Asks the run to stop once it has a checkpoint; false when it ended before. */
  private boolean stopAfterCheckpoint(TrainRun run, int step) throws InterruptedException {
    var stop = new StopSignal();
    var metadata = run.output() + "/checkpoints/step-%08d/metadata.json".formatted(step);
    var watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (TinyJob.STORE.stat(metadata).isEmpty()) {
                    Thread.onSpinWait();
                  }
                  stop.request();
                });
    try {
      InProcess.run(run, root.resolve("scratch-" + run.parallelism().devices()), stop);
      return false;
    } catch (StopSignal.Stopped stopped) {
      return true;
    } finally {
      watcher.join();
    }
  }

  @Test
  void anotherRunsCheckpointIsRefused() {
    var job = new TinyJob(root, 1, 1, 5);
    InProcess.run(job.run, root.resolve("scratch"));
    var other = job.copy(Map.of("training.learningRate", 2e-2));
    assertThatThrownBy(() -> InProcess.run(other, root.resolve("scratch2")))
        .isInstanceOfSatisfying(
            RunFault.class, f -> assertThat(f.reason()).isEqualTo("OutputOfAnotherRun"));
  }
}
