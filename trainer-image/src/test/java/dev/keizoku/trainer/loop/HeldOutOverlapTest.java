package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.contract.result.TrainResult;
import dev.keizoku.contract.train.TrainRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corpus that trains on what another of the same training holds out. */
class HeldOutOverlapTest {
  private static final String FOUND = "2 documents of the corpus first (24 tokens) ";
  @TempDir Path root;
  private TinyJob job;

  @BeforeEach
  void begin() {
    job = new TinyJob(root, 1, 0, 4);
  }

  private TrainRun run(boolean onlyMeasured, Map<String, Object> changes) {
    var uris = TinyCorpus.overlapping(root);
    var first = Map.of("name", "first", "uri", uris.getFirst());
    var second = Map.of("name", "second", "uri", uris.getLast());
    var all = new HashMap<>(changes);
    all.put("data", onlyMeasured ? List.of(first) : List.of(first, second));
    all.put("evaluation", onlyMeasured ? List.of(second) : List.of());
    return job.copy(all);
  }

  @Test
  void whatAnotherCorpusHoldsOutIsNotTrainedOnAndToldEverywhere() {
    var run = run(false, Map.of());
    var board = InProcess.board(run);
    var report = InProcess.run(run, root.resolve("scratch"), board);
    assertThat(report.train().heldOutOverlap())
        .containsExactly(new TrainResult.Overlap("first", List.of("second"), 2, 24));
    assertThat(board.report().notices())
        .anySatisfy(
            notice -> {
              assertThat(notice.reason()).isEqualTo("HeldOutTrainedOn");
              assertThat(notice.message())
                  .isEqualTo(FOUND + "are not trained on: second has them held out.");
            });
    assertThat(TinyJob.parsed(TinyJob.output(run, "model/report.html")).text()).contains(FOUND);
    var card = TinyJob.STORE.read(TinyJob.output(run, "model/README.md"));
    assertThat(new String(card, StandardCharsets.UTF_8)).contains(FOUND);
  }

  @Test
  void thePlanCountsTheRestAsTheTrainingDoes() {
    var twoEpochs = new HashMap<String, Object>();
    twoEpochs.put("maxSteps", null);
    twoEpochs.put("epochs", 2);
    for (var strategy : List.of("wrapped", "bfd")) {
      var changes = new HashMap<String, Object>(twoEpochs);
      changes.put("packing.strategy", strategy);
      changes.put("output", job.withOutput(strategy).output());
      var run = run(false, changes);
      var outline = RunOutline.read(run, TinyJob.STORE);
      var steps = (long) Math.floor(2 * outline.stepsPerEpoch());
      var done = InProcess.run(run, root.resolve("scratch"), InProcess.board(run)).train();
      assertThat(done.steps()).isEqualTo(steps);
      assertThat(done.tokens()).isEqualTo(steps * outline.tokensPerStep(run).orElseThrow());
    }
  }

  @Test
  void orTheRunIsRefusedBeforeADeviceIsHeld() {
    for (var onlyMeasured : List.of(false, true)) {
      var run = run(onlyMeasured, Map.of("guards.heldOutOverlap", "Refuse"));
      assertThatThrownBy(() -> RunOutline.read(run, TinyJob.STORE))
          .isInstanceOfSatisfying(
              RunFault.class,
              fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.HELD_OUT_TRAINED_ON);
                assertThat(fault.exitCode()).isEqualTo(ExitCode.USER_ERROR);
              })
          .hasMessage(
              FOUND
                  + "are trained on: second has them held out. Build the corpora with"
                  + " heldOut.carriedFrom, or set guards.heldOutOverlap to Drop.");
    }
  }
}
