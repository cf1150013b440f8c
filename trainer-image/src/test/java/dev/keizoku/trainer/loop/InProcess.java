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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

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

  private static boolean isPast(ProgressReport report, long step) {
    return report.unit().equals("steps") && report.step() >= step;
  }

  /** Runs to a step, and stops there as on SIGTERM. */
  static void stopAt(TrainRun run, Path scratch, long step) {
    var stop = new StopSignal();
    var told = new AtomicReference<ProgressBoard>();
    // The board asks for the time at each step, on the thread that trains.
    var clock =
        new Clock() {
          @Override
          public Instant instant() {
            if (told.get() != null && isPast(told.get().report(), step)) {
              stop.request();
            }
            return Instant.now();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
          }
        };
    told.set(new ProgressBoard(run.runUid(), "keizoku_train", new SimpleMeterRegistry(), clock));
    assertThatThrownBy(
            () -> run(run, scratch, TinyJob.STORE, new RunContext(told.get(), stop, scratch)))
        .isInstanceOf(StopSignal.Stopped.class);
  }
}
