package dev.keizoku.program;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says in the log how far the work is, each minute: whoever reads a pod's log sees that loading or
 * exporting goes on, and where it stands still for how long.
 */
final class Heartbeat implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofSeconds(50);

  private final ProgressBoard board;
  private final Clock clock;
  private final Consumer<String> log;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /** Begins at once and ends when it is closed. */
  Heartbeat(ProgressBoard board, Clock clock, Consumer<String> log) {
    this(board, clock, log, PERIOD);
  }

  Heartbeat(ProgressBoard board, Clock clock, Consumer<String> log, Duration period) {
    this.board = board;
    this.clock = clock;
    this.log = log;
    timer.scheduleAtFixedRate(
        this::beat, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void beat() {
    var still = Duration.between(board.updated(), clock.instant()).toSeconds();
    var line = LiveLine.text(board.report(), board.perSecond());
    log.accept(still < PERIOD.toSeconds() ? line : line + "; the same for %d s".formatted(still));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
