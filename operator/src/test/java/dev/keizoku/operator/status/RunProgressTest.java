package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.at;
import static dev.keizoku.operator.status.ScriptedRun.condition;
import static dev.keizoku.operator.status.ScriptedRun.ended;
import static dev.keizoku.operator.status.ScriptedRun.job;
import static dev.keizoku.operator.status.ScriptedRun.next;
import static dev.keizoku.operator.status.ScriptedRun.pods;
import static dev.keizoku.operator.status.ScriptedRun.policy;
import static dev.keizoku.operator.status.ScriptedRun.ready;
import static dev.keizoku.operator.status.ScriptedRun.running;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.ProgressReport;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a pod tells of its work, and what its silence means. */
class RunProgressTest {
  private static Observation withProgress(Observation seen, long step, Instant now, Instant since) {
    return withProgress(seen, step, T0.plusSeconds(step), now, since);
  }

  private static Observation withProgress(
      Observation seen, long step, Instant updated, Instant now, Instant since) {
    var report =
        new ProgressReport(
            "uid-hash",
            "train",
            step,
            200L,
            "steps",
            60L,
            Map.of("loss", 3.25, "gradNorm", Double.NaN),
            10L,
            updated.toString(),
            null);
    return new Observation(
        seen.plan(),
        seen.job(),
        seen.pods(),
        seen.inputs(),
        Optional.of(new HeardProgress(report, now)),
        Optional.empty(),
        Optional.empty(),
        now,
        since);
  }

  @Test
  void progressIsShownAndAStallIsCountedAndRepeated() {
    var policy = policy(false, null, 3);
    var before = started();
    var seen = job(before, Outcome.OPEN, running(), T0);
    var moving = next(policy, before, withProgress(seen, 50, T0.plusSeconds(60), T0));
    assertThat(moving.progress().progressPercentage()).isEqualTo(25);
    assertThat(moving.progress().metrics()).containsOnlyKeys("loss");
    assertThat(moving.lastCheckpoint().step()).isEqualTo(10);
    var quiet = next(policy, moving, withProgress(seen, 50, T0.plusSeconds(659), T0));
    assertThat(quiet.phase()).isEqualTo(Phase.RUNNING);
    var stalled = next(policy, quiet, withProgress(seen, 50, T0.plusSeconds(660), T0));
    assertThat(stalled.openAttempt()).isEmpty();
    assertThat(stalled.failures()).isEqualTo(1);
    assertThat(stalled.lastAttempt().map(Attempt::reason)).contains("StallTimeout");
  }

  @Test
  void whatGoesOnWithinOneStepIsNoStall() {
    var policy = policy(false, null, 3);
    var before = started();
    var seen = job(before, Outcome.OPEN, running(), T0);
    var moving = next(policy, before, withProgress(seen, 50, T0, T0.plusSeconds(60), T0));
    var at = T0.plusSeconds(650);
    var inside = next(policy, moving, withProgress(seen, 50, at, at, T0));
    var later = next(policy, inside, withProgress(seen, 50, at, T0.plusSeconds(700), T0));
    assertThat(later.phase()).isEqualTo(Phase.RUNNING);
    assertThat(later.openAttempt()).isPresent();
  }

  /** Less than a percent is not written into the status; its time counts all the same. */
  @Test
  void aStallIsCountedFromTheLastMoveThatWasHeard() {
    var policy = policy(false, null, 3);
    var before = started();
    var seen = job(before, Outcome.OPEN, running(), T0);
    var stored = next(policy, before, withProgress(seen, 50, T0.plusSeconds(60), T0));
    var heard = withProgress(seen, 51, T0.plusSeconds(70), T0).progress();
    var quiet = at(heard, withProgress(seen, 51, T0.plusSeconds(669), T0));
    assertThat(next(policy, stored, quiet).openAttempt()).isPresent();
    var late = at(heard, withProgress(seen, 51, T0.plusSeconds(670), T0));
    assertThat(next(policy, stored, late).lastAttempt().map(Attempt::reason))
        .contains("StallTimeout");
  }

  @Test
  void theLastCheckpointIsThatOfTheFinalReportWhateverWasPolled() {
    var policy = policy(false, null, 3);
    var before = started();
    var seen = job(before, Outcome.OPEN, running(), T0);
    var polled = next(policy, before, withProgress(seen, 190, T0.plusSeconds(60), T0));
    assertThat(polled.lastCheckpoint().step()).isEqualTo(10);
    var words = "{\"runUid\":\"uid-hash\",\"reason\":\"%s\",\"lastCheckpointStep\":%d}";
    var at = T0.plusSeconds(70);
    var stopped = ended(143, "Error", words.formatted("Stopped", 190), at);
    assertThat(next(policy, polled, job(polled, Outcome.FAILED, stopped, at)).lastCheckpoint())
        .satisfies(saved -> assertThat(saved.step()).isEqualTo(190));
    var done = ended(0, "Completed", words.formatted("Completed", 200), at);
    // What was asked for before is still at hand; the last word comes after it.
    var late = withProgress(job(polled, Outcome.COMPLETE, done, at), 190, at, T0);
    assertThat(next(policy, polled, late).lastCheckpoint().step()).isEqualTo(200);
  }

  @Test
  void silenceWhileTheOperatorWasAwayIsNoStall() {
    var policy = policy(false, null, 3);
    var before = started();
    var seen = job(before, Outcome.OPEN, running(), T0);
    var moving = next(policy, before, withProgress(seen, 50, T0.plusSeconds(60), T0));
    var back = T0.plusSeconds(90_000);
    assertThat(next(policy, moving, job(before, Outcome.OPEN, running(), back)).phase())
        .isEqualTo(Phase.RUNNING);
    assertThat(next(policy, moving, withProgress(seen, 50, back.plusSeconds(5), back)).phase())
        .isEqualTo(Phase.RUNNING);
  }

  /** Loading 28 GB over a slow line, or writing them, is one unit of work. */
  @Test
  void bytesThatMoveAreProgressInAStageOfOneUnit() {
    var policy = policy(false, null, 3);
    var status = started();
    var seen = job(status, Outcome.OPEN, running(), T0);
    var now = T0;
    for (int at = 60; at < 6_000; at += 500) {
      now = T0.plusSeconds(at);
      status = next(policy, status, withProgress(seen, 0, now, now, T0));
      assertThat(status.phase()).isEqualTo(Phase.RUNNING);
      assertThat(status.failures()).isZero();
    }
    var silent = withProgress(seen, 0, now, now.plusSeconds(600), T0);
    var stalled = next(policy, status, silent);
    assertThat(stalled.lastAttempt().map(Attempt::reason)).contains("StallTimeout");
  }

  @Test
  void aProgramThatCannotBeAskedIsToldAndIsNoStall() {
    var policy = policy(false, null, 3);
    var before = started();
    assertThat(
            ready(next(policy, before, job(before, Outcome.OPEN, running(), T0.plusSeconds(89)))))
        .isEqualTo("Running");
    var later = job(before, Outcome.OPEN, running(), T0.plusSeconds(90_000));
    var deaf = next(policy, before, later);
    assertThat(deaf.phase()).isEqualTo(Phase.RUNNING);
    assertThat(ready(deaf)).isEqualTo("ProgressUnreachable");
    assertThat(deaf.message()).contains("cannot ask it", "NetworkPolicy");
    assertThat(condition(deaf, "Stalled")).isEqualTo("False");
    var heard = next(policy, deaf, withProgress(later, 1, T0.plusSeconds(90_001), T0));
    assertThat(ready(heard)).isEqualTo("Running");
  }

  @Test
  void whatStoodStillIsKeptFromThePodThatGoes() {
    var policy = policy(false, null, 3);
    var before = started();
    var seen = job(before, Outcome.OPEN, running(), T0);
    var moving = next(policy, before, withProgress(seen, 50, T0.plusSeconds(60), T0));
    var stalled = next(policy, moving, withProgress(seen, 50, T0.plusSeconds(660), T0));
    assertThat(stalled.lastAttempt().map(Attempt::reason)).contains("StallTimeout");
    var words = "rank-3 (WAITING): Collectives.allGather:12";
    var at = T0.plusSeconds(700);
    var gone = pods(List.of(ended(143, "Error", words, at)), at);
    var kept = next(policy, stalled, gone);
    var message = kept.attempts().getFirst().message();
    assertThat(message)
        .startsWith("No progress for stallTimeoutSeconds")
        .endsWith("Its last lines: " + words);
    assertThat(next(policy, kept, pods(gone.pods(), at)).attempts().getFirst().message())
        .isEqualTo(message);
  }
}
