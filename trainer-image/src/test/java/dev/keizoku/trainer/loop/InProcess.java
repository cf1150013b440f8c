package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.ProgressBoard;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Runs a training job in this process. */
final class InProcess {
  private InProcess() {}

  static FinalReport run(TrainRun run, Path scratch) {
    return run(run, scratch, board(run));
  }

  static FinalReport run(TrainRun run, Path scratch, ProgressBoard board) {
    return run(run, scratch, TinyJob.STORE, new RunContext(board, new StopSignal(), scratch));
  }

  static FinalReport run(TrainRun run, Path scratch, ObjectStore store, RunContext context) {
    return new TrainingJob(run, store, scratch, new Machine(1, 1 << 30), Clock.systemUTC())
        .run(context);
  }

  static ProgressBoard board(TrainRun run) {
    return new ProgressBoard(
        run.runUid(), "keizoku_train", new SimpleMeterRegistry(), Clock.systemUTC());
  }

  /** A board that tells how it stands at each step, on the thread that trains. */
  static ProgressBoard told(TrainRun run, Consumer<ProgressReport> report) {
    var board = new AtomicReference<ProgressBoard>();
    InstantSource source =
        () -> {
          if (board.get() != null) {
            report.accept(board.get().report());
          }
          return Instant.now();
        };
    var clock = source.withZone(ZoneOffset.UTC);
    board.set(new ProgressBoard(run.runUid(), "keizoku_train", new SimpleMeterRegistry(), clock));
    return board.get();
  }

  static boolean isPast(ProgressReport report, long step) {
    return report.unit().equals("steps") && report.step() >= step;
  }

  /** Runs to a step, and stops there as on SIGTERM. */
  static void stopAt(TrainRun run, Path scratch, long step) {
    var stop = new StopSignal();
    var board =
        told(
            run,
            report -> {
              if (isPast(report, step)) {
                stop.request();
              }
            });
    assertThatThrownBy(() -> run(run, scratch, TinyJob.STORE, new RunContext(board, stop, scratch)))
        .isInstanceOf(StopSignal.Stopped.class);
  }
}
