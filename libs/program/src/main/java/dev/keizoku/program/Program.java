package dev.keizoku.program;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.FinalReport;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a program's work from its run file to its exit code. The work returns its report on success,
 * throws a {@link RunFault} with the sentence on a fault, and {@link StopSignal.Stopped} after it
 * saved on request; anything else that it throws is worth another attempt (exit 75).
 *
 * @param <R> the contract's record that the run file holds
 */
public final class Program<R extends Record> {
  private static final Logger LOG = LoggerFactory.getLogger(Program.class);

  /** Longer than a step and the saving of a small model; what takes longer is told in the log. */
  private static final long HEARS_THE_REQUEST_MILLIS = 20_000;

  /** A program's own work. */
  @FunctionalInterface
  public interface Work<R> {
    /** Does the work and says what came of it. */
    FinalReport run(R run, RunContext context) throws Exception;
  }

  private final String metricPrefix;
  private final Class<R> type;
  private final Function<R, String> runUid;

  /**
   * @param metricPrefix first part of the metrics' names, for instance {@code keizoku_corpus}
   * @param runUid where the record keeps its run's identity
   */
  public Program(String metricPrefix, Class<R> type, Function<R, String> runUid) {
    this.metricPrefix = metricPrefix;
    this.type = type;
    this.runUid = runUid;
  }

  /** Runs {@code work} and returns the exit code for {@code System.exit}. */
  public int run(ProgramOptions options, Work<R> work) {
    var stop = new StopSignal();
    var outcome = new Outcome();
    var hook = new Thread(() -> leaveOnSigterm(options, stop, outcome), "sigterm");
    Runtime.getRuntime().addShutdownHook(hook);
    var result = attempt(options, work, stop);
    publish(options, result);
    outcome.set(result.exitCode);
    forget(hook);
    return result.exitCode.code();
  }

  private Result attempt(ProgramOptions options, Work<R> work, StopSignal stop) {
    R run;
    try {
      run = read(options);
    } catch (RunFault e) {
      return fault(null, e);
    }
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var board = new ProgressBoard(runUid.apply(run), metricPrefix, metrics, Clock.systemUTC());
    var save = new SaveSignal(options.checkpoint, System::nanoTime);
    var result =
        attempt(
            runUid.apply(run),
            () -> {
              try (var server = serve(options.port, board, save, metrics);
                  var scratch = options.scratch.open();
                  var line =
                      watched(options)
                          ? new LiveLine(board)
                          : new Heartbeat(board, Clock.systemUTC(), LOG::info)) {
                return inScratch(work, run, new RunContext(board, stop, save, scratch.path()));
              }
            });
    // The last one is often committed after the operator has asked for the last time.
    return new Result(
        result.exitCode, result.report.withLastCheckpoint(board.report().lastCheckpointStep()));
  }

  private static boolean watched(ProgramOptions options) {
    return !options.terminationLog.exists() && LiveLine.isWatched();
  }

  private static <R> FinalReport inScratch(Work<R> work, R run, RunContext context)
      throws Exception {
    try {
      return work.run(run, context);
    } catch (StopSignal.Stopped e) {
      throw e;
    } catch (Exception e) {
      throw Scratch.explain(e, context.scratch());
    }
  }

  private R read(ProgramOptions options) {
    if (options.runFile == null) {
      throw RunFault.userError(Reason.RUN_FILE_MISSING, "Give the path of a run file; see --help.");
    }
    return RunFile.read(options.runFile, type);
  }

  private static Result attempt(String uid, Callable<FinalReport> work) {
    try {
      return new Result(ExitCode.DONE, work.call());
    } catch (StopSignal.Stopped e) {
      return new Result(
          ExitCode.TERMINATED,
          FinalReport.of(uid, Reason.STOPPED, "Stopped on request; what was done is saved."));
    } catch (RunFault e) {
      return fault(uid, e);
    } catch (OutOfMemoryError e) {
      LOG.error("Out of memory", e);
      return new Result(
          ExitCode.TRY_AGAIN, FinalReport.of(uid, Reason.OUT_OF_MEMORY, memorySentence()));
    } catch (Exception e) {
      return new Result(
          ExitCode.TRY_AGAIN, FinalReport.of(uid, Reason.UNEXPECTED_FAULT, unexpected(e)));
    }
  }

  /** Puts a fault that has no sentence of its own into the log, and gives it one. */
  public static String unexpected(Exception fault) {
    LOG.error("Unexpected fault", fault);
    return "Unexpected fault, see the pod's log: " + fault + ".";
  }

  private static Result fault(String uid, RunFault e) {
    LOG.error("{}: {}", e.reason().word(), e.getMessage());
    LOG.debug("Where it came from", e);
    return new Result(e.exitCode(), FinalReport.of(uid, e.reason(), e.getMessage()));
  }

  /** Two runs on one machine may want the same port; progress is then told by the log alone. */
  private static ProgressServer serve(
      int port, ProgressBoard board, SaveSignal save, PrometheusMeterRegistry metrics)
      throws IOException {
    try {
      return new ProgressServer(port, board, save, metrics);
    } catch (java.net.BindException e) {
      LOG.warn("Port {} is taken; serving progress on a free port instead", port);
      return new ProgressServer(0, board, save, metrics);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("Already shutting down: the hook ends the process");
    }
  }

  private static void leaveOnSigterm(ProgramOptions options, StopSignal stop, Outcome outcome) {
    stop.request();
    long grace = options.grace.toMillis();
    long first = Math.min(grace / 2, HEARS_THE_REQUEST_MILLIS);
    var code = outcome.await(first);
    if (code == null) {
      LOG.warn("Asked to stop, the work is still at:\n{}", StillAtWork.threads());
      code = outcome.await(grace - first);
    }
    if (code != null) {
      // Without halt the JVM would answer 143 although the work had ended by itself.
      Runtime.getRuntime().halt(code.code());
    }
  }

  private static void publish(ProgramOptions options, Result result) {
    options.terminationLog.write(result.report);
    LOG.info("Exit {}: {}", result.exitCode.code(), TerminationMessage.encode(result.report));
  }

  private static String memorySentence() {
    return "Out of memory at a heap of %d MiB: raise the memory limit in podTemplate.resources."
        .formatted(Runtime.getRuntime().maxMemory() >> 20);
  }

  private record Result(ExitCode exitCode, FinalReport report) {}

  /** The exit code, once it is known. */
  private static final class Outcome {
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile ExitCode code;

    void set(ExitCode exitCode) {
      code = exitCode;
      known.countDown();
    }

    ExitCode await(long millis) {
      try {
        return known.await(millis, TimeUnit.MILLISECONDS) ? code : null;
      } catch (InterruptedException e) {
        return null;
      }
    }
  }
}
