package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.page.Numbers;
import dev.keizoku.storage.StoreUri;
import dev.keizoku.trainer.report.MetricsLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guard against forgetting, provoked in a real run. */
class ForgettingRunTest {
  private static final int STEPS = 90;
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void begin() {
    job = new TinyJob(root, 2, 2, STEPS);
  }

  /** Trains on the language of one corpus only and watches another one. */
  private TrainRun forgetful(String output, Map<String, Object> forgetting) {
    var general = TinyCorpus.counting(root, "elsewhere");
    return job.copy(
        Map.of(
            "output", job.withOutput(output).output(),
            "data", job.run.data().subList(0, 1),
            "evaluation", List.of(Map.of("name", "elsewhere", "uri", general)),
            "guards.forgetting", forgetting));
  }

  @Test
  void aModelThatForgetsStopsTheRun() {
    var run =
        forgetful("stop", Map.of("heldOut", "elsewhere", "maxIncrease", 0.05, "action", "Stop"));
    assertThatThrownBy(() -> InProcess.run(run, root.resolve("scratch")))
        .isInstanceOfSatisfying(
            RunFault.class,
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.FORGETTING);
              assertThat(fault.getMessage())
                  .contains("the perplexity of elsewhere is", "lower learningRate")
                  .endsWith(" The curves up to there are in %s.".formatted(page(run)));
            });
    assertThat(
            TinyJob.STORE.list(TinyJob.output(run, "report")).stream().map(o -> o.uri().toString()))
        .satisfiesExactly(
            uri -> assertThat(uri).endsWith("/report/metrics.jsonl"),
            uri -> assertThat(uri).isEqualTo(page(run).toString()),
            uri -> assertThat(uri).contains("/report/tensorboard/events.out.tfevents."),
            uri -> assertThat(uri).endsWith("/report/timings.jsonl"));
    assertThat(TinyJob.STORE.list(TinyJob.output(run, "model"))).isEmpty();
    var log = TinyJob.output(run, "report/metrics.jsonl");
    var forgot = MetricsLog.parse(TinyJob.STORE.read(log), log.toString()).evaluations().getLast();
    assertThat(forgot.step()).isPositive();
    assertThat(TinyJob.parsed(page(run)).text())
        .contains(
            "a guard ended the run, no model is exported",
            "Training loss",
            Numbers.fixed(forgot.values().get("elsewhere"), 3));

    InProcess.run(
        forgetful(
            "stop",
            Map.of(
                "heldOut", "elsewhere",
                "maxIncrease", 100,
                "action", "Stop")),
        root.resolve("scratch-again"));
    assertThat(TinyJob.STORE.list(TinyJob.output(run, "report"))).isEmpty();
    assertThat(TinyJob.STORE.list(TinyJob.output(run, "model"))).isNotEmpty();
  }

  private static StoreUri page(TrainRun run) {
    return TinyJob.output(run, "report/report.html");
  }

  @Test
  void aReportThatCannotBeWrittenDoesNotHideTheReason() throws IOException {
    var run =
        forgetful("full", Map.of("heldOut", "elsewhere", "maxIncrease", 0.05, "action", "Stop"));
    // A file where the folder would be.
    Files.createDirectories(root.resolve("full"));
    Files.createFile(root.resolve("full/report"));
    assertThatThrownBy(() -> InProcess.run(run, root.resolve("scratch")))
        .isInstanceOfSatisfying(
            RunFault.class, fault -> assertThat(fault.reason()).isEqualTo(Reason.FORGETTING))
        .hasMessageContaining("the perplexity of elsewhere is")
        .hasMessageNotContaining("curves");
  }

  @Test
  void aModelThatForgetsLowersTheRate() {
    var run =
        forgetful(
            "lower",
            Map.of(
                "heldOut",
                "elsewhere",
                "maxIncrease",
                0.05,
                "action",
                "LowerLearningRate",
                "learningRateFactor",
                0.25,
                "maxLowerings",
                100));
    var board = InProcess.board(run);
    InProcess.run(run, root.resolve("scratch"), board);
    var usual = job.copyOf(run, Map.of("output", job.withOutput("usual").output()));
    usual = job.without(usual, "guards");
    InProcess.run(usual, root.resolve("scratch-usual"));
    var lowered = TinyJob.log(run).steps();
    var plain = TinyJob.log(usual).steps();
    // The first evaluation is after ten steps: until then nothing differs, then the rate does.
    assertThat(lowered.get(9)).isEqualTo(plain.get(9));
    assertThat(lowered.get(10).values().get("learningRate"))
        .isCloseTo(plain.get(10).values().get("learningRate") / 4, within(1e-12));
    assertThat(board.report().notices())
        .anySatisfy(
            notice -> {
              assertThat(notice.reason()).isEqualTo("LearningRateLowered");
              assertThat(notice.message()).contains("the perplexity of elsewhere is");
            });
  }

  @Test
  void aSetThatIsNotMeasuredCannotBeWatched() {
    var run =
        job.copy(
            Map.of(
                "guards.forgetting",
                Map.of("heldOut", "nowhere", "maxIncrease", 0.1, "action", "Stop")));
    assertThatThrownBy(() -> InProcess.run(run, root.resolve("scratch")))
        .hasMessageContaining(
            "guards.forgetting.heldOut must be the name of a corpus of data or evaluation");
  }
}
