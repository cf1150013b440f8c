package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.CALCULATOR;
import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.condition;
import static dev.keizoku.operator.status.ScriptedRun.ended;
import static dev.keizoku.operator.status.ScriptedRun.intent;
import static dev.keizoku.operator.status.ScriptedRun.job;
import static dev.keizoku.operator.status.ScriptedRun.next;
import static dev.keizoku.operator.status.ScriptedRun.nothing;
import static dev.keizoku.operator.status.ScriptedRun.pods;
import static dev.keizoku.operator.status.ScriptedRun.policy;
import static dev.keizoku.operator.status.ScriptedRun.ready;
import static dev.keizoku.operator.status.ScriptedRun.report;
import static dev.keizoku.operator.status.ScriptedRun.running;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What follows an attempt that ended, was stopped or is gone: the next one, a pause, or the end.
 */
class RunAttemptsTest {
  private static final String SAVED = "{\"runUid\":\"uid-hash\",\"lastCheckpointStep\":77}";

  @Test
  void failuresAreRepeatedWithGrowingPausesUntilTheLimit() {
    var policy = policy(false, null, 1);
    var first = started();
    var failed = next(policy, first, job(first, Outcome.OPEN, ended(1, "Error", "x", T0), T0));
    assertThat(CALCULATOR.next(intent(policy), failed, nothing(T0)).wakeAt())
        .contains(T0.plusSeconds(10));
    assertThat(next(policy, failed, nothing(T0.plusSeconds(9))).attempts()).hasSize(1);
    var second = next(policy, failed, nothing(T0.plusSeconds(10)));
    assertThat(second.openAttempt().orElseThrow().number()).isEqualTo(2);
    var at = T0.plusSeconds(20);
    var last = next(policy, second, job(second, Outcome.OPEN, ended(1, "Error", "why", at), at));
    assertThat(last.phase()).isEqualTo(Phase.FAILED);
    assertThat(ready(last)).isEqualTo("BackoffLimitExceeded");
    assertThat(last.message()).contains("2 attempts failed").contains("why");
  }

  @Test
  void interruptionsNeverCountHoweverManyWhileTheRunGetsOn() {
    var policy = policy(false, null, 0);
    var status = next(policy, RunStatus.EMPTY, nothing(T0));
    var now = T0;
    for (int i = 1; i <= 25; i++) {
      var saved = "{\"runUid\":\"uid-hash\",\"lastCheckpointStep\":%d}".formatted(i);
      var ended =
          next(policy, status, job(status, Outcome.OPEN, ended(143, "Error", saved, now), now));
      now = now.plusSeconds(600);
      status = next(policy, ended, nothing(now));
      assertThat(status.openAttempt()).isPresent();
    }
    assertThat(status.failures()).isZero();
    assertThat(status.attempts()).hasSize(20);
    assertThat(status.openAttempt().orElseThrow().number()).isEqualTo(26);
  }

  @Test
  void interruptionsThatGetNowhereEndSomeTime() {
    var policy = policy(false, null, 0);
    var status = next(policy, RunStatus.EMPTY, nothing(T0));
    var now = T0;
    for (int i = 1; i < 10; i++) {
      var ended =
          next(policy, status, job(status, Outcome.OPEN, ended(137, "Error", null, now), now));
      now = now.plusSeconds(600);
      status = next(policy, ended, nothing(now));
      assertThat(status.openAttempt()).isPresent();
    }
    var last = next(policy, status, job(status, Outcome.OPEN, ended(137, "Error", null, now), now));
    assertThat(last.phase()).isEqualTo(Phase.FAILED);
    assertThat(ready(last)).isEqualTo("InterruptedTooOften");
    assertThat(last.message()).contains("The pod was stopped: Terminated.", "keizoku.dev/retry");
  }

  @Test
  void anEvictionForTheRunsOwnUseIsCountedWithTheKubeletsWords() {
    var policy = policy(false, null, 3);
    var before = started();
    var words = "Pod ephemeral local storage usage exceeds the total limit of containers 10Mi.";
    var evicted = ScriptedRun.taken(new ObservedPod.Loss("Evicted", words, null), 143, T0);
    var own = next(policy, before, job(before, Outcome.OPEN, evicted, T0));
    assertThat(own.failures()).isEqualTo(1);
    assertThat(own.lastAttempt().map(Attempt::message)).get().asString().contains(words);
    var pressed =
        ScriptedRun.taken(new ObservedPod.Loss("Evicted", "The node was low.", null), 143, T0);
    assertThat(next(policy, before, job(before, Outcome.OPEN, pressed, T0)).failures()).isZero();
  }

  /** Else a run that fills its node's disk at each checkpoint would be repeated for ever. */
  @Test
  void anEvictionFromAFullNodeIsCountedWhereItIsTheRunsOwnUseAndSaysWhatToChange() {
    var disk =
        "The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available:"
            + " 812Mi. Container program was using 170Gi, request is 0, has larger consumption of"
            + " ephemeral-storage. ";
    assertThat(evicted(disk)).contains("170Gi", "a volume named scratch", "ephemeral-storage in");
    var memory =
        "The node was low on resource: memory. Threshold quantity: 100Mi, available: 20Mi."
            + " Container program was using 9Gi, request is 2Gi, has larger consumption of memory. ";
    assertThat(evicted(memory)).contains("9Gi", "resources.requests.memory");
    // Of others' use: it stays within what it asked for.
    var policy = policy(false, null, 3);
    var others = "The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi.";
    var pod = ScriptedRun.taken(new ObservedPod.Loss("Evicted", others, null), 143, T0);
    assertThat(next(policy, started(), job(started(), Outcome.OPEN, pod, T0)).failures()).isZero();
  }

  /** What is said of an attempt that ends so, and is counted. */
  private static String evicted(String words) {
    var policy = policy(false, null, 3);
    var pod = ScriptedRun.taken(new ObservedPod.Loss("Evicted", words, null), 143, T0);
    var status = next(policy, started(), job(started(), Outcome.OPEN, pod, T0));
    assertThat(status.failures()).isEqualTo(1);
    return status.lastAttempt().map(Attempt::message).orElseThrow();
  }

  @Test
  void aPauseStartsAnewAfterProgress() {
    var policy = policy(false, null, 9);
    var status = next(policy, RunStatus.EMPTY, nothing(T0));
    var now = T0;
    for (int i = 1; i <= 4; i++) {
      var seen = job(status, Outcome.OPEN, ended(1, "Error", "x", now), now);
      status = next(policy, status, seen);
      now = now.plusSeconds(600);
      status = next(policy, status, nothing(now));
    }
    var saved = "{\"runUid\":\"uid-hash\",\"lastCheckpointStep\":5}";
    var at = now.plusSeconds(100);
    var seen = job(status, Outcome.OPEN, ended(75, "Error", saved, at), at);
    var ended = CALCULATOR.next(intent(policy), status, seen);
    assertThat(ended.wakeAt()).contains(at.plusSeconds(10));
    assertThat(ended.status().failures()).isEqualTo(1);
  }

  @Test
  void theEndIsThePodsToTellEvenWhenTheJobsIsHeardFirst() {
    var policy = policy(false, null, 3);
    var first = started();
    var jobOnly = next(policy, first, job(first, Outcome.FAILED, running(), T0));
    assertThat(jobOnly.openAttempt()).isPresent();
    var both = job(first, Outcome.FAILED, ended(1, "Error", "why", T0), T0);
    assertThat(next(policy, jobOnly, both).lastAttempt().map(Attempt::reason))
        .contains("ProgramFailed");
  }

  @Test
  void noAttemptBeginsWhileAPodOfTheOneBeforeLives() {
    var policy = policy(false, null, 3);
    var first = started();
    var ended = next(policy, first, job(first, Outcome.OPEN, ended(143, "Error", null, T0), T0));
    var waiting = next(policy, ended, pods(List.of(running()), T0.plusSeconds(60)));
    assertThat(waiting.openAttempt()).isEmpty();
    assertThat(ready(waiting)).isEqualTo("Stopping");
  }

  @Test
  void suspensionStopsAndResumingGoesOnWithTheNextAttempt() {
    var before = started();
    var at = T0.plusSeconds(40);
    var suspended = policy(true, null, 3);
    var stopping = next(suspended, before, job(before, Outcome.OPEN, running(), at));
    assertThat(stopping.phase()).isEqualTo(Phase.SUSPENDED);
    assertThat(ready(stopping)).isEqualTo("Stopping");
    assertThat(stopping.openAttempt()).isEmpty();
    var gone = at.plusSeconds(5);
    var stopped = next(suspended, stopping, pods(List.of(ended(143, "Error", SAVED, gone)), gone));
    assertThat(ready(stopped)).isEqualTo("Suspended");
    assertThat(stopped.lastCheckpoint().step()).isEqualTo(77);
    assertThat(condition(stopped, "Suspended")).isEqualTo("True");
    assertThat(condition(stopped, "Reconciling")).isEqualTo("False");
    assertThat(condition(stopped, "Stalled")).isEqualTo("False");
    var resumed = next(policy(false, null, 3), stopped, nothing(at.plusSeconds(99)));
    assertThat(resumed.openAttempt().orElseThrow().number()).isEqualTo(2);
    assertThat(resumed.runUid()).isEqualTo(before.runUid());
    assertThat(resumed.failures()).isZero();
    assertThat(resumed.activeSeconds()).isEqualTo(40);
  }

  @Test
  void theDeadlineCountsRunningTimeOverAllAttempts() {
    var policy = policy(false, 100L, 3);
    var first = started();
    var at = T0.plusSeconds(60);
    var ended = next(policy, first, job(first, Outcome.OPEN, ended(143, "Error", null, at), at));
    var second = next(policy, ended, nothing(at.plusSeconds(500)));
    var start = at.plusSeconds(500);
    var pod = running(start);
    var running = CALCULATOR.next(intent(policy), second, job(second, Outcome.OPEN, pod, start));
    assertThat(running.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(running.wakeAt()).contains(start.plusSeconds(40));
    var over =
        next(policy, running.status(), job(second, Outcome.OPEN, pod, start.plusSeconds(40)));
    assertThat(over.phase()).isEqualTo(Phase.FAILED);
    assertThat(ready(over)).isEqualTo("DeadlineExceeded");
    assertThat(over.message()).contains("activeDeadlineSeconds = 100");
    assertThat(over.openAttempt()).isEmpty();
    var gone = start.plusSeconds(45);
    var stopped = next(policy, over, pods(List.of(ended(143, "Error", SAVED, gone)), gone));
    assertThat(ready(stopped)).isEqualTo("DeadlineExceeded");
    assertThat(stopped.lastCheckpoint().step()).isEqualTo(77);
  }

  @Test
  void aDeletedJobIsMadeAgainAsTheNextAttempt() {
    var policy = policy(false, null, 3);
    var lost = next(policy, started(), nothing(T0.plusSeconds(9)));
    assertThat(lost.lastAttempt().map(Attempt::reason)).contains("JobDeleted");
    assertThat(lost.failures()).isZero();
    assertThat(next(policy, lost, nothing(T0.plusSeconds(60))).openAttempt()).isPresent();
  }

  @Test
  void anotherRecipeOrASuspensionTriesAFailedRunAgainButNothingAFinishedOne() {
    var policy = policy(false, null, 3);
    var before = started();
    var failed = next(policy, before, job(before, Outcome.OPEN, ended(42, "Error", "x", T0), T0));
    var now = T0.plusSeconds(60);
    var edited = CALCULATOR.next(intent(policy, 2, "other", false), failed, nothing(now));
    assertThat(edited.status().openAttempt().orElseThrow().number()).isEqualTo(2);
    var paused = intent(policy(true, null, 3), 2, "hash", false);
    var suspended = CALCULATOR.next(paused, failed, nothing(now)).status();
    assertThat(suspended.phase()).isEqualTo(Phase.SUSPENDED);
    var resumed = CALCULATOR.next(intent(policy, 3, "hash", false), suspended, nothing(now));
    assertThat(resumed.status().openAttempt().orElseThrow().number()).isEqualTo(2);
    var end = ended(0, "Completed", report("Completed", "Done."), T0);
    var done = next(policy, before, job(before, Outcome.OPEN, end, T0));
    var after =
        CALCULATOR.next(intent(policy, 2, "other", false), done, nothing(T0.plusSeconds(60)));
    assertThat(after.status().phase()).isEqualTo(Phase.SUCCEEDED);
    assertThat(after.status().observedGeneration()).isEqualTo(2);
    assertThat(after.status().attempts()).hasSize(1);
  }

  @Test
  void aChangedRecipeBuildsAnewAndKeepsWhatWasCommitted() {
    var policy = policy(false, null, 3);
    var before = started();
    var end = ended(0, "Completed", report("Completed", "Done."), T0);
    var done = next(policy, before, job(before, Outcome.OPEN, end, T0));
    var anew = CALCULATOR.next(intent(policy, 2, "other", true), done, nothing(T0.plusSeconds(60)));
    assertThat(anew.status().phase()).isEqualTo(Phase.PENDING);
    assertThat(anew.status().runUid()).isEqualTo("uid-other");
    assertThat(anew.status().attempts()).hasSize(1);
    assertThat(anew.status().lastAttempt().map(Attempt::job))
        .isNotEqualTo(done.lastAttempt().map(Attempt::job));
    assertThat(anew.status().artifact()).isEqualTo(done.artifact());
    assertThat(anew.status().readyFor(2L)).isFalse();
    // An operator that computes digests otherwise must not build again what nobody edited.
    var sameGeneration = CALCULATOR.next(intent(policy, 1, "other", true), done, nothing(T0));
    assertThat(sameGeneration.status()).isEqualTo(done);
  }

  @Test
  void anAttemptSaysWhereItBeganAndWhatToDo() {
    var policy = policy(false, null, 3);
    var before = started();
    var saved = "{\"runUid\":\"uid-hash\",\"lastCheckpointStep\":50}";
    var at = T0.plusSeconds(100);
    var gone = next(policy, before, job(before, Outcome.OPEN, ended(143, "Error", saved, at), at));
    assertThat(gone.lastAttempt().orElseThrow().resumedFromStep()).isNull();
    assertThat(gone.lastAttempt().orElseThrow().advice()).contains("newest checkpoint");
    var again = next(policy, gone, nothing(at.plusSeconds(60)));
    assertThat(again.lastAttempt().orElseThrow().resumedFromStep()).isEqualTo(50);
    var log = "loading\nAWS_SECRET_ACCESS_KEY=hidden\nboom";
    var crash =
        job(again, Outcome.OPEN, ended(1, "Error", log, at.plusSeconds(90)), at.plusSeconds(90));
    var crashed = next(policy, again, crash).lastAttempt().orElseThrow();
    assertThat(crashed.resumedFromStep()).isEqualTo(50);
    assertThat(crashed.advice()).contains("kubectl logs");
    assertThat(crashed.message()).contains("loading", "boom").doesNotContain("hidden");
  }
}
