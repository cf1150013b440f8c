package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.CALCULATOR;
import static dev.keizoku.operator.status.ScriptedRun.PINNED;
import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.ended;
import static dev.keizoku.operator.status.ScriptedRun.job;
import static dev.keizoku.operator.status.ScriptedRun.nothing;
import static dev.keizoku.operator.status.ScriptedRun.ready;
import static dev.keizoku.operator.status.ScriptedRun.running;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hours of devices that a run may use, and has used. */
class BudgetTest {
  private static RunIntent onGpus(double gpuHours, long generation) {
    var policy = ScriptedRun.budget(gpuHours);
    return new RunIntent(
        "tuned", generation, policy, "uid-hash", "hash", "s3://b/out", PINNED, null, false, false);
  }

  /** Whoever writes the largest number means no limit. */
  @Test
  void aLimitBeyondAllTimeIsNone() {
    var before = started();
    var now = T0.plusSeconds(600);
    var seen = job(before, Outcome.OPEN, running(T0), now);
    for (var intent :
        List.of(
            onGpus(1e18, 1),
            ScriptedRun.intent(ScriptedRun.policy(false, Long.MAX_VALUE, 3, null)))) {
      assertThat(CALCULATOR.next(intent, before, seen).status().phase()).isEqualTo(Phase.RUNNING);
    }
  }

  /** Four GPUs use two GPU hours in half an hour, over all attempts and devices. */
  @Test
  void theBudgetEndsTheRunAndARaisedOneLetsItGoOn() {
    var before = started();
    var intent = onGpus(2, 1);
    var lost = T0.plusSeconds(600);
    var first =
        CALCULATOR.next(
            intent, before, job(before, Outcome.OPEN, ended(143, "Error", "x", lost), lost));
    assertThat(first.status().gpuSeconds()).isEqualTo(2_400);
    var begun = lost.plusSeconds(600);
    var ordered = CALCULATOR.next(intent, first.status(), nothing(begun)).status();
    var runs = CALCULATOR.next(intent, ordered, job(ordered, Outcome.OPEN, running(begun), begun));
    assertThat(runs.wakeAt().orElseThrow()).isBeforeOrEqualTo(begun.plusSeconds(1_200));
    var last = begun.plusSeconds(1_199);
    var status = runs.status();
    assertThat(
            CALCULATOR
                .next(intent, status, job(status, Outcome.OPEN, running(begun), last))
                .status()
                .phase())
        .isEqualTo(Phase.RUNNING);
    var over = begun.plusSeconds(1_200);
    var spent =
        CALCULATOR.next(intent, status, job(status, Outcome.OPEN, running(begun), over)).status();
    assertThat(spent.phase()).isEqualTo(Phase.FAILED);
    assertThat(ready(spent)).isEqualTo("BudgetExceeded");
    assertThat(spent.message()).contains("budget.gpuHours = 2.0", "Raise it");
    assertThat(spent.gpuSeconds()).isEqualTo(7_200);
    var later = over.plusSeconds(60);
    assertThat(CALCULATOR.next(onGpus(2, 2), spent, nothing(later)).status().phase())
        .isEqualTo(Phase.FAILED);
    assertThat(CALCULATOR.next(onGpus(3, 3), spent, nothing(later)).status().openAttempt())
        .isPresent();
  }

  /**
   * The spec may ask for other devices by the time that an attempt has ended, or its Job is gone.
   */
  @Test
  void devicesAreBookedAsTheAttemptHeldThem() {
    var before = started();
    assertThat(before.lastAttempt().orElseThrow().gpus()).isEqualTo(4);
    var now = T0.plusSeconds(600);
    var gone = CALCULATOR.next(onGpus(2, 2), before, nothing(now)).status();
    assertThat(gone.lastAttempt().orElseThrow().reason()).isEqualTo("JobDeleted");
    assertThat(gone.lastAttempt().orElseThrow().gpus()).isEqualTo(4);
    assertThat(gone.gpuSeconds()).isEqualTo(2_400);
  }
}
