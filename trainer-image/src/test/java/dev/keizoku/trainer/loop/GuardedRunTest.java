package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.Artifact;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.program.RunContext;
import dev.keizoku.program.StopSignal;
import dev.keizoku.storage.ForwardingStore;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.report.MetricsLog;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses that leap, provoked in a real run. */
class GuardedRunTest {
  private static final int STEPS = 90;
  private static final String STRANGER = "mixed/" + TinyCorpus.id(TinyCorpus.STRANGER);
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void begin() {
    job = new TinyJob(root, 2, 2, STEPS);
  }

  /** A run over a language that is soon learned, with one document that is not of it. */
  private TrainRun withStrangeDocument(int maxRollbacks) {
    var changes = new HashMap<String, Object>();
    changes.put("output", job.withOutput("spike-" + maxRollbacks).output());
    changes.put(
        "data", List.of(Map.of("name", "mixed", "uri", TinyCorpus.withStranger(root, "mixed"))));
    changes.put("globalBatchSize", 4);
    changes.put("guards.lossSpike", spike(maxRollbacks));
    return job.copy(changes);
  }

  private static Map<String, Object> spike(int maxRollbacks) {
    return Map.of("window", 16, "threshold", 6.0, "maxRollbacks", maxRollbacks);
  }

  @Test
  void aLossSpikeGoesBackAndLeavesItsDocumentsOut() {
    var run = withStrangeDocument(10);
    var board = InProcess.board(run);
    InProcess.run(run, root.resolve("scratch"), board);
    var log = TinyJob.log(run);
    assertThat(log.skipped())
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.documents()).contains(STRANGER);
              assertThat(line.reason()).contains("robust deviations");
              assertThat(log.steps()).noneMatch(step -> step.step() == line.step());
            });
    assertThat(log.steps().size() + log.skipped().size()).isEqualTo(STEPS);
    // Nothing is measured twice, though the run went back.
    assertThat(log.evaluations().stream().map(MetricsLog.Line::step)).doesNotHaveDuplicates();
    assertThat(board.report().notices())
        .anySatisfy(
            notice -> {
              assertThat(notice.reason()).isEqualTo("RolledBack");
              assertThat(notice.message()).contains("robust deviations", "left out: mixed/");
            });
    var page = TinyJob.parsed(TinyJob.output(run, "model/report.html"));
    assertThat(page.select("h2 ~ div:has(caption:containsOwn(not in the curves))").text())
        .contains(STRANGER);
    assertThat(page.select(".legend b").eachText())
        .contains("batch left out", "went back to a checkpoint");
  }

  /** A checkpoint of a large model takes many minutes to come back from the store. */
  @Test
  void whatIsStillHereIsNotFetchedToGoBack() {
    var run = withStrangeDocument(10);
    var fetched = new AtomicInteger();
    var store =
        new ForwardingStore(TinyJob.STORE) {
          private StoreUri asked(StoreUri uri) {
            if (uri.toString().contains("/rank-")) {
              fetched.incrementAndGet();
            }
            return uri;
          }

          @Override
          public InputStream open(StoreUri uri) {
            return super.open(asked(uri));
          }

          @Override
          public byte[] readRange(StoreUri uri, long offset, int length) {
            return super.readRange(asked(uri), offset, length);
          }

          @Override
          public Artifact download(StoreUri uri, Path file, LongConsumer received) {
            return super.download(asked(uri), file, received);
          }
        };
    var board = InProcess.board(run);
    var scratch = root.resolve("scratch");
    InProcess.run(run, scratch, store, new RunContext(board, new StopSignal(), scratch));
    assertThat(board.report().notices()).anyMatch(notice -> notice.reason().equals("RolledBack"));
    assertThat(TinyJob.log(run).steps())
        .last()
        .extracting(MetricsLog.Line::step)
        .isEqualTo((long) STEPS);
    assertThat(fetched).hasValue(0);
  }

  @Test
  void aRunThatWasInterruptedAfterASpikeEndsWithTheSameBits() {
    var undisturbed = withStrangeDocument(10);
    InProcess.run(undisturbed, root.resolve("scratch"));
    var cut = job.copyOf(undisturbed, Map.of("output", job.withOutput("cut").output()));
    InProcess.stopAt(cut, root.resolve("scratch-cut"), STEPS - 10);
    // It was stopped while it measured: the step is saved, the measurement is made later.
    var saved = TinyJob.output(cut, "checkpoints/step-%08d/metrics.jsonl".formatted(STEPS - 10));
    assertThat(
            MetricsLog.parse(TinyJob.STORE.read(saved), saved.toString())
                .evaluations()
                .getLast()
                .step())
        .isLessThan(STEPS - 10);
    InProcess.run(cut, root.resolve("scratch-rest"));
    assertThat(new String(TinyJob.metrics(cut), StandardCharsets.UTF_8))
        .isEqualTo(new String(TinyJob.metrics(undisturbed), StandardCharsets.UTF_8));
  }

  @Test
  void oneSpikeTooManyIsDiverged() {
    assertThatThrownBy(() -> InProcess.run(withStrangeDocument(0), root.resolve("scratch")))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.DIVERGED);
              assertThat(fault)
                  .hasMessageContaining("robust deviations")
                  .hasMessageContaining("lower learningRate")
                  .hasMessageEndingWith("/report/report.html.");
            });
  }
}
