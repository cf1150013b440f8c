package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.FinalReport;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;

/** Runs a training job in this process. */
final class InProcess {
  private InProcess() {}

  static FinalReport run(TrainRun run, Path scratch) {
    return run(run, scratch, new StopSignal());
  }

  static FinalReport run(TrainRun run, Path scratch, StopSignal stop) {
    return run(run, scratch, TinyJob.STORE, new RunContext(board(run), stop));
  }

  static FinalReport run(TrainRun run, Path scratch, ProgressBoard board) {
    return run(run, scratch, TinyJob.STORE, new RunContext(board, new StopSignal()));
  }

  static FinalReport run(TrainRun run, Path scratch, ObjectStore store, RunContext context) {
    return new TrainingJob(run, store, scratch, new Machine(1, 1 << 30)).run(context);
  }

  static ProgressBoard board(TrainRun run) {
    return new ProgressBoard(
        run.runUid(), "keizoku_train", new SimpleMeterRegistry(), Clock.systemUTC());
  }

  /** Runs to about a step, and stops there as on SIGTERM. */
  static void stopAt(TrainRun run, Path scratch, long step) {
    var stop = new StopSignal();
    var board = board(run);
    var watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (board.report().step() < step) {
                    Thread.onSpinWait();
                  }
                  stop.request();
                });
    assertThatThrownBy(() -> run(run, scratch, TinyJob.STORE, new RunContext(board, stop)))
        .isInstanceOf(StopSignal.Stopped.class);
    watcher.interrupt();
  }
}
