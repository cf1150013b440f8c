package dev.keizoku.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.contract.run.StorageSpec;
import dev.keizoku.testing.ProgramProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LiveLineTest {
  private static final ProgramProcess COUNTING = ProgramProcess.of(CountingMain.class.getName());

  @TempDir Path folder;
  private String runFile;

  @BeforeEach
  void runFile() throws Exception {
    runFile = Files.writeString(folder.resolve("run.yaml"), "region: tokyo").toString();
  }

  @Test
  void theLineHasStageDoneRateAndTimeLeft() {
    var now = new AtomicReference<>(Instant.EPOCH);
    var clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    var board = new ProgressBoard("uid", "keizoku_test", new SimpleMeterRegistry(), clock);
    board.begin("train", "steps", 120, 1360L);
    assertThat(text(board)).isEqualTo("train  120 of 1,360 steps, 8 %");
    now.set(Instant.EPOCH.plusSeconds(100));
    board.step(320);
    assertThat(text(board))
        .isEqualTo("train  320 of 1,360 steps, 23 %, 2.00 steps/s, 8 min 40 s left");
    board.begin("read", "documents", 0, null);
    assertThat(text(board)).isEqualTo("read  0 documents");
  }

  private static String text(ProgressBoard board) {
    return LiveLine.text(board.report(), board.perSecond());
  }

  @Test
  void atATerminalTheLineStandsUnderTheLog() throws Exception {
    var typescript = atATerminal("");
    assertThat(typescript).contains("\rcount  0 of 30 things, 0 %").contains(" things/s, ");
    // The line gives way to what is logged, and stands under it again.
    assertThat(typescript).containsPattern("\r +\r\\S+ INFO Counting - Half is done\r\n\rcount  1");
    assertThat(typescript).doesNotContain("\u001b");
    assertThat(typescript.lines().toList().getLast()).contains("Exit 0");
  }

  @Test
  void inAPodThereIsNoneEvenAtATerminal() throws Exception {
    var log = Files.createFile(folder.resolve("termination"));
    assertThat(atATerminal(" --termination-log=" + log))
        .contains("Half is done", "Exit 0")
        .doesNotContain("count  ");
  }

  @Test
  void whereTheLogIsAFileThereIsNone() throws Exception {
    assertThat(atATerminal(" 2>" + folder.resolve("log"))).isEmpty();
    assertThat(folder.resolve("log")).content().contains("Half is done").doesNotContain("\r");
  }

  @Test
  void withoutATerminalThereAreLinesOnly() throws Exception {
    var end = COUNTING.run(runFile, "--port=0");
    assertThat(end.exitCode()).isZero();
    assertThat(end.out()).isEmpty();
    assertThat(end.err()).contains("Half is done").doesNotContain("\r", "\u001b", "count  ");
  }

  /** Runs the program as somebody would who sits at a terminal; all that is shown there. */
  private String atATerminal(String more) throws Exception {
    var command = "'" + String.join("' '", COUNTING.command(runFile, "--port=0")) + "'" + more;
    var screen = folder.resolve("screen").toFile();
    var process =
        new ProcessBuilder("script", "--quiet", "--return", "--command", command, "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(screen)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    var shown = Files.readString(screen.toPath(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(shown).isZero();
    return shown;
  }

  /** Counts to 30 in three seconds. */
  static final class CountingMain {
    public static void main(String[] arguments) {
      System.exit(ProgramLine.run(new Count(), Map.of(), new Object[0], arguments));
    }
  }

  @Command(name = "count", mixinStandardHelpOptions = true)
  private static final class Count implements Callable<Integer> {
    @Mixin private ProgramOptions options;

    @Override
    public Integer call() {
      return new Program<>("keizoku_test", StorageSpec.class, StorageSpec::region)
          .run(options, Count::count);
    }

    private static FinalReport count(StorageSpec run, RunContext context) throws Exception {
      context.progress().begin("count", "things", 0, 30L);
      var left = new CountDownLatch(30);
      try (var pace = Executors.newSingleThreadScheduledExecutor()) {
        pace.scheduleAtFixedRate(() -> step(context, left), 1000, 100, TimeUnit.MILLISECONDS);
        left.await();
        pace.shutdownNow();
      }
      return FinalReport.of(run.region(), Reason.COMPLETED, "Done.");
    }

    private static void step(RunContext context, CountDownLatch left) {
      left.countDown();
      context.progress().step(30 - left.getCount());
      if (left.getCount() == 15) {
        LoggerFactory.getLogger("Counting").info("Half is done");
      }
    }
  }
}
