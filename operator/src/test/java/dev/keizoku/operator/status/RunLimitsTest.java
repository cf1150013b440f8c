package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.CALCULATOR;
import static dev.keizoku.operator.status.ScriptedRun.PINNED;
import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.condition;
import static dev.keizoku.operator.status.ScriptedRun.ended;
import static dev.keizoku.operator.status.ScriptedRun.intent;
import static dev.keizoku.operator.status.ScriptedRun.job;
import static dev.keizoku.operator.status.ScriptedRun.next;
import static dev.keizoku.operator.status.ScriptedRun.nothing;
import static dev.keizoku.operator.status.ScriptedRun.policy;
import static dev.keizoku.operator.status.ScriptedRun.ready;
import static dev.keizoku.operator.status.ScriptedRun.report;
import static dev.keizoku.operator.status.ScriptedRun.running;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static dev.keizoku.operator.status.ScriptedRun.suspended;
import static dev.keizoku.operator.status.ScriptedRun.taken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.Pinned;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits that are edited, queues that take back, nodes that die, and what tries again. */
class RunLimitsTest {
  private static RunStatus failed(RunPolicy policy, int code) {
    var before = started();
    return next(policy, before, job(before, Outcome.OPEN, ended(code, "Error", "x", T0), T0));
  }

  private static RunStatus after(
      RunPolicy policy, long generation, String retry, RunStatus before, Instant now) {
    var intent =
        new RunIntent(
            "tuned",
            generation,
            policy,
            "uid-hash",
            "hash",
            "s3://b/out",
            PINNED,
            retry,
            false,
            false);
    return CALCULATOR.next(intent, before, nothing(now)).status();
  }

  @Test
  void aLoweredLimitWaitsForTheAttemptAtWork() {
    var patient = policy(false, null, 3);
    var waiting = failed(patient, 1);
    var second = next(patient, waiting, nothing(T0.plusSeconds(60)));
    var now = T0.plusSeconds(90);
    var strict = intent(policy(false, null, 0), 2, "hash", false);
    var seen = job(second, Outcome.OPEN, running(), now);
    var lowered = CALCULATOR.next(strict, second, seen).status();
    assertThat(lowered.phase()).isEqualTo(Phase.RUNNING);
    assertThat(lowered.openAttempt()).isPresent();
    assertThat(lowered.completionTime()).isNull();
    var gone = job(second, Outcome.OPEN, ended(143, "Error", null, now), now);
    var over = CALCULATOR.next(strict, lowered, gone).status();
    assertThat(over.phase()).isEqualTo(Phase.FAILED);
    assertThat(over.openAttempt()).isEmpty();
    assertThat(over.message()).contains("1 attempts failed, the last with ProgramFailed");
  }

  @Test
  void aQueueThatTakesAJobBackEndsNoAttemptAndBooksItsTimeOnce() {
    var policy = policy(false, 100L, 3);
    var before = started();
    var status = before;
    for (int second = 48; second <= 58; second++) {
      status = next(policy, status, suspended(before, running(), T0.plusSeconds(second)));
      assertThat(status.phase()).isEqualTo(Phase.QUEUED);
      assertThat(status.activeSeconds()).isZero();
    }
    var end = T0.plusSeconds(60);
    var saved = ended(143, "Error", "{\"runUid\":\"uid-hash\",\"lastCheckpointStep\":77}", end);
    for (int look = 0; look < 3; look++) {
      status = next(policy, status, suspended(before, saved, end.plusSeconds(look)));
      assertThat(status.openAttempt()).isPresent();
      assertThat(status.activeSeconds()).isEqualTo(60);
      assertThat(status.lastCheckpoint().step()).isEqualTo(77);
    }
    status = next(policy, status, suspended(before, null, end.plusSeconds(500)));
    assertThat(status.activeSeconds()).isEqualTo(60);
    // Admitted again: the same Job, another pod.
    var again = end.plusSeconds(600);
    var going = job(before, Outcome.OPEN, running(again), again.plusSeconds(30));
    status = next(policy, status, going);
    assertThat(status.phase()).isEqualTo(Phase.RUNNING);
    assertThat(status.attempts()).hasSize(1);
    var late = job(before, Outcome.OPEN, running(again), again.plusSeconds(40));
    assertThat(ready(next(policy, status, late))).isEqualTo("DeadlineExceeded");
  }

  @Test
  void onlyAnExplicitActTriesAFailedRunAgain() {
    var policy = policy(false, null, 3);
    var failed = failed(policy, 42);
    var now = T0.plusSeconds(60);
    assertThat(after(policy, 2, null, failed, now).phase()).isEqualTo(Phase.FAILED);
    assertThat(after(policy, 2, null, failed, now).observedGeneration()).isEqualTo(2);
    var again = after(policy, 1, "once", failed, now);
    assertThat(again.openAttempt().orElseThrow().number()).isEqualTo(2);
    assertThat(again.retried()).isEqualTo("once");
    var seen = job(again, Outcome.OPEN, ended(42, "Error", "x", now), now);
    var failedAgain =
        CALCULATOR
            .next(
                new RunIntent(
                    "tuned", 1, policy, "uid-hash", "hash", "s3://b", PINNED, "once", false, false),
                again,
                seen)
            .status();
    // The same word is the same wish.
    assertThat(after(policy, 1, "once", failedAgain, now.plusSeconds(60)).phase())
        .isEqualTo(Phase.FAILED);
    assertThat(after(policy, 1, "twice", failedAgain, now.plusSeconds(60)).openAttempt())
        .isPresent();
  }

  @Test
  void anAnnotationThatWasThereFromTheStartIsNoWish() {
    var policy = policy(false, null, 3);
    var first = after(policy, 1, "once", RunStatus.EMPTY, T0);
    var seen = job(first, Outcome.OPEN, ended(42, "Error", "x", T0), T0);
    var intent =
        new RunIntent(
            "tuned", 1, policy, "uid-hash", "hash", "s3://b", PINNED, "once", false, false);
    var failed = CALCULATOR.next(intent, first, seen).status();
    assertThat(after(policy, 1, "once", failed, T0.plusSeconds(60)).phase())
        .isEqualTo(Phase.FAILED);
  }

  @Test
  void aRaisedLimitLetsTheRunGoOnAndKeepsItsCount() {
    var failed = failed(policy(false, null, 0), 1);
    assertThat(ready(failed)).isEqualTo("BackoffLimitExceeded");
    var raised = after(policy(false, null, 1), 2, null, failed, T0.plusSeconds(60));
    assertThat(raised.openAttempt()).isPresent();
    assertThat(raised.failures()).isEqualTo(1);
  }

  @Test
  void whatTheInstallationGaveStaysUntilTheRunIsTriedAgain() {
    var policy = policy(false, null, 3);
    var begun = started();
    assertThat(begun.pinned()).isEqualTo(PINNED);
    var upgraded =
        new Pinned(
            "keizoku/trainer:2",
            "Always",
            9090,
            "http://other:9000",
            "r",
            "others",
            null,
            "2",
            true);
    var intent =
        new RunIntent(
            "tuned", 1, policy, "uid-hash", "hash", "s3://b", upgraded, null, false, false);
    var lost = CALCULATOR.next(intent, begun, nothing(T0.plusSeconds(9))).status();
    var next = CALCULATOR.next(intent, lost, nothing(T0.plusSeconds(99))).status();
    assertThat(next.openAttempt().orElseThrow().number()).isEqualTo(2);
    assertThat(next.pinned()).isEqualTo(PINNED);
    var retried =
        new RunIntent(
            "tuned", 1, policy, "uid-hash", "hash", "s3://b", upgraded, "now", false, false);
    var tried = CALCULATOR.next(retried, failed(policy, 42), nothing(T0.plusSeconds(60))).status();
    assertThat(tried.pinned().image()).isEqualTo("keizoku/trainer:2");
    assertThat(tried.pinned().endpoint()).isEqualTo("http://minio:9000");
    assertThat(tried.pinned().secretName()).isEqualTo("keys");
  }

  @Test
  void aNodeThatDoesNotAnswerIsToldWithWhatToDoAndIsNoStall() {
    var policy = policy(false, null, 3);
    var before = started();
    var goneBy = T0.plusSeconds(100);
    var pod = taken(new ObservedPod.Loss("DeletionByTaintManager", "Taint manager", goneBy));
    var leaving = job(before, Outcome.OPEN, pod, T0.plusSeconds(110));
    var waiting = CALCULATOR.next(intent(policy), before, leaving);
    assertThat(waiting.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(waiting.wakeAt()).contains(goneBy.plusSeconds(60));
    var lost = next(policy, before, job(before, Outcome.OPEN, pod, T0.plusSeconds(9000)));
    assertThat(ready(lost)).isEqualTo("NodeLost");
    assertThat(lost.message()).contains("Node node does not answer", "out-of-service", "--force");
    assertThat(lost.openAttempt()).isPresent();
    assertThat(lost.failures()).isZero();
    var suspending =
        next(policy(true, null, 3), lost, job(before, Outcome.OPEN, pod, T0.plusSeconds(9001)));
    assertThat(suspending.phase()).isEqualTo(Phase.SUSPENDED);
    assertThat(ready(suspending)).isEqualTo("NodeLost");
  }

  @Test
  void aNodeThatFallsSilentIsToldAtOnceAndNeverCounted() {
    var policy = policy(false, null, 3);
    var before = started();
    var silent = taken(new ObservedPod.Loss("NodeSilent", "2026-01-01T00:05:00Z", null));
    var seen = job(before, Outcome.OPEN, silent, T0.plusSeconds(360));
    var told = next(policy, before, seen);
    assertThat(told.phase()).isEqualTo(Phase.RUNNING);
    assertThat(ready(told)).isEqualTo("NodeLost");
    assertThat(told.message()).contains("has not answered since 2026-01-01T00:05:00Z");
    var later = next(policy, told, job(told, Outcome.OPEN, silent, T0.plusSeconds(90_000)));
    assertThat(later.openAttempt()).isPresent();
    assertThat(later.failures()).isZero();
    var back = next(policy, later, job(told, Outcome.OPEN, running(), T0.plusSeconds(90_001)));
    assertThat(back.phase()).isEqualTo(Phase.RUNNING);
    assertThat(ready(back))
        .as("nobody has heard the program here")
        .isEqualTo("ProgressUnreachable");
  }

  @Test
  void aNodeAheadOfOurClockDelaysNothing() {
    var policy = policy(false, null, 3);
    var before = started();
    var ahead = T0.plusSeconds(3600);
    var now = T0.plusSeconds(30);
    var seen = job(before, Outcome.OPEN, ended(1, "Error", "x", ahead), now);
    var ended = next(policy, before, seen);
    assertThat(ended.lastAttempt().map(Attempt::endTime)).contains("2026-01-01T00:00:30Z");
    assertThat(ended.activeSeconds()).isEqualTo(30);
    assertThat(next(policy, ended, nothing(now.plusSeconds(10))).openAttempt()).isPresent();
  }

  @Test
  void aProgramsWordThatCannotBeShownIsReplaced() {
    var policy = policy(false, null, 3);
    var before = started();
    var said = "{\"runUid\":\"uid-hash\",\"reason\":\"no word at all\",\"message\":\"m\"}";
    var odd = next(policy, before, job(before, Outcome.OPEN, ended(42, "Error", said, T0), T0));
    assertThat(ready(odd)).isEqualTo("UserError");
    var wordless = report("", "m").replace("\"reason\":\"\",", "");
    var done = next(policy, before, job(before, Outcome.OPEN, ended(0, "Done", wordless, T0), T0));
    assertThat(ready(done)).isEqualTo("Completed");
    assertThat(condition(done, "Ready")).isEqualTo("True");
  }

  @Test
  void onlyAnArtifactOfTheRunsOwnCompletesIt() {
    var policy = policy(false, null, 0);
    var before = started();
    var own = report("Completed", "m");
    for (var said :
        List.of(
            "{\"runUid\":\"uid-hash\"}",
            own.replace("s3://b/out/", "s3://b/other/"),
            own.replace("s3://b/out/", "s3://b/outer/"),
            own.replace("cdcd", "CD"))) {
      var seen = job(before, Outcome.OPEN, ended(0, "Completed", said, T0), T0);
      var failed = next(policy, before, seen);
      assertThat(failed.artifact()).isNull();
      assertThat(failed.lastAttempt().map(Attempt::reason)).contains("InvalidReport");
      assertThat(failed.message()).contains("an artifact below s3://b/out");
    }
  }
}
