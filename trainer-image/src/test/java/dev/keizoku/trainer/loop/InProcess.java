package dev.keizoku.trainer.loop;

import dev.keizoku.contract.FinalReport;
import dev.keizoku.contract.TrainRun;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
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
    var board =
        new ProgressBoard(
            run.runUid(), "keizoku_train", new SimpleMeterRegistry(), Clock.systemUTC());
    return new TrainingJob(run, TinyJob.STORE, scratch, new Machine(1, 1 << 30))
        .run(new RunContext(board, stop));
  }
}
