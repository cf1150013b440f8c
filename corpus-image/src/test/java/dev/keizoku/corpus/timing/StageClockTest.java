package dev.keizoku.corpus.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.result.CorpusResult.StageTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StageClockTest {
  /** More than is asked for: the time of a whole process is known to a hundredth of a second. */
  private static final long WORK = Duration.ofMillis(80).toNanos();

  private final StageClock clock = new StageClock();

  /** Keeps a processor busy for that long, whatever else runs. */
  private static String work() {
    var threads = ManagementFactory.getThreadMXBean();
    long end = threads.getCurrentThreadCpuTime() + WORK;
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
    return "done";
  }

  private StageTime row(String stage) {
    return clock.times().stream()
        .filter(row -> row.stage().equals(stage))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsProcessorTimeDocumentsAndBytesOfEachStage() throws Exception {
    assertThat(clock.time(Stage.TOKENIZE, StageClockTest::work)).isEqualTo("done");
    assertThat(clock.phase(Stage.COPY, StageClockTest::work)).isEqualTo("done");
    clock.count(Stage.TOKENIZE, "売上高 1,234円é𠮷");
    clock.count(Stage.TOKENIZE, "");
    clock.count(Stage.COPY, 3, 1000);
    assertThat(clock.times())
        .extracting(StageTime::stage)
        .containsExactly("copy", "tokenize", "program");
    for (var stage : new String[] {"copy", "tokenize"}) {
      assertThat(row(stage).processorSeconds()).isGreaterThanOrEqualTo(0.05);
      assertThat(row(stage).seconds()).isGreaterThanOrEqualTo(0.04);
    }
    assertThat(row("tokenize").documents()).isEqualTo(2);
    assertThat(row("tokenize").bytes()).isEqualTo("売上高 1,234円é𠮷".getBytes("UTF-8").length);
    assertThat(row("copy").documents()).isEqualTo(3);
    assertThat(row("copy").bytes()).isEqualTo(1000);
    assertThat(row("program").processorSeconds()).isGreaterThanOrEqualTo(0.1);
  }

  @Test
  void whatEndsWithAFaultIsCountedToo() {
    assertThatThrownBy(
            () ->
                clock.run(
                    Stage.READ,
                    () -> {
                      work();
                      throw new IOException("damaged");
                    }))
        .hasMessage("damaged");
    assertThat(row("read").processorSeconds()).isGreaterThanOrEqualTo(0.05);
  }
}
