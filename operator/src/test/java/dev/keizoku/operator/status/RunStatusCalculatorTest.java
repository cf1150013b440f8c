package dev.keizoku.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.ProgressReport;
import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Previous status x what is seen -> next status, as tables and as stories. */
class RunStatusCalculatorTest {
  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(6));
  private static final RunStatusCalculator CALCULATOR = new RunStatusCalculator(BACKOFF);
  private static final Inputs READY =
      Inputs.ready(List.of(new Input("FinCorpus", "finance", "s3://b/manifest.json", "ab")));

  private static RunPolicy policy(boolean suspend, Long deadline, Integer backoffLimit) {
    return new RunPolicy(
        suspend, null, null, deadline, 600L, backoffLimit, null, null, null, null, null);
  }

  private static RunIntent intent(RunPolicy policy) {
    return intent(policy, 1, "hash", false);
  }

  private static RunIntent intent(
      RunPolicy policy, long generation, String hash, boolean rebuilds) {
    return new RunIntent(
        "tuned", generation, policy, "uid-" + hash, hash, "s3://b/out", false, rebuilds);
  }

  private static Observation nothing(Instant now) {
    return new Observation(Optional.empty(), Optional.empty(), 0, READY, Optional.empty(), now, T0);
  }

  private static Observation job(RunStatus status, Outcome outcome, ObservedPod pod, Instant now) {
    var name = status.lastAttempt().orElseThrow().job();
    var job = new ObservedJob(name, false, outcome, null, pod);
    return new Observation(
        Optional.empty(),
        Optional.of(job),
        pod != null && !pod.terminal() ? 1 : 0,
        READY,
        Optional.empty(),
        now,
        T0);
  }

  private static ObservedPod running() {
    return new ObservedPod("pod", "node", "10.0.0.1", "Running", null, null, null, null, T0, null);
  }

  private static ObservedPod ended(int exitCode, String reason, String message, Instant at) {
    var end = new ObservedPod.End(exitCode, reason, message, at);
    return new ObservedPod(
        "pod",
        "node",
        "10.0.0.1",
        exitCode == 0 ? "Succeeded" : "Failed",
        null,
        null,
        null,
        null,
        T0,
        end);
  }

  private static ObservedPod waiting(String reason, String message, String unschedulable) {
    return new ObservedPod(
        "pod", null, null, "Pending", null, reason, message, unschedulable, null, null);
  }

  private static String report(String reason, String message) {
    return """
        {"runUid":"uid-hash","reason":"%s","message":"%s",
         "artifact":{"uri":"s3://b/out/model/manifest.json","sha256":"cd","bytes":12}}"""
        .formatted(reason, message);
  }

  private static RunStatus next(RunPolicy policy, RunStatus before, Observation seen) {
    return CALCULATOR.next(intent(policy), before, seen).status();
  }

  /** A status with one attempt whose pod runs since T0. */
  private static RunStatus started() {
    var policy = policy(false, null, 3);
    var ordered = next(policy, RunStatus.EMPTY, nothing(T0));
    return next(policy, ordered, job(ordered, Outcome.OPEN, running(), T0));
  }

  private static String condition(RunStatus status, String type) {
    return status.condition(type).map(Condition::status).orElse("-");
  }

  private static String ready(RunStatus status) {
    return status.condition("Ready").map(Condition::reason).orElse("-");
  }

  @Test
  void anAttemptStandsInTheStatusBeforeItsJobIsMade() {
    var status = next(policy(false, null, 3), RunStatus.EMPTY, nothing(T0));
    assertThat(status.phase()).isEqualTo(Phase.PENDING);
    assertThat(status.attempts()).hasSize(1);
    assertThat(status.openAttempt().orElseThrow().job()).matches("tuned-[0-9a-f]{6}-1");
    assertThat(status.inputs()).isEqualTo(READY.resolved());
    assertThat(status.runUid()).isEqualTo("uid-hash");
    assertThat(status.startTime()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(condition(status, "InputsReady")).isEqualTo("True");
  }

  @Test
  void aMissingInputIsWaitedForWithItsSentence() {
    var missing = Inputs.missing("CorpusNotReady", "Waits for FinCorpus finance.");
    var seen =
        new Observation(Optional.empty(), Optional.empty(), 0, missing, Optional.empty(), T0, T0);
    var status = next(policy(false, null, 3), RunStatus.EMPTY, seen);
    assertThat(status.phase()).isEqualTo(Phase.PENDING);
    assertThat(status.attempts()).isEmpty();
    assertThat(status.startTime()).isNull();
    assertThat(condition(status, "InputsReady")).isEqualTo("False");
    assertThat(condition(status, "Reconciling")).isEqualTo("True");
    assertThat(ready(status)).isEqualTo("CorpusNotReady");
    assertThat(status.message()).isEqualTo("Waits for FinCorpus finance.");
  }

  static Stream<Arguments> podStates() {
    return Stream.of(
        Arguments.of(running(), Phase.RUNNING, "Running", "runs on node node"),
        Arguments.of(null, Phase.PENDING, "PodStarting", "its pod comes next"),
        Arguments.of(
            waiting("ContainerCreating", null, null), Phase.PENDING, "PodStarting", "starting"),
        Arguments.of(
            waiting(null, null, "0/1 nodes are available: 1 Insufficient nvidia.com/gpu."),
            Phase.QUEUED,
            "Unschedulable",
            "Insufficient nvidia.com/gpu"),
        Arguments.of(
            waiting("ErrImagePull", "not found", null),
            Phase.PENDING,
            "ImagePullBackOff",
            "check spec.image"),
        Arguments.of(
            waiting("CreateContainerConfigError", "secret \"keizoku-storage\" not found", null),
            Phase.PENDING,
            "CreateContainerConfigError",
            "secret \"keizoku-storage\" not found"));
  }

  @ParameterizedTest
  @MethodSource("podStates")
  void phaseAndSentenceFollowThePod(ObservedPod pod, Phase phase, String reason, String words) {
    var policy = policy(false, null, 3);
    var ordered = next(policy, RunStatus.EMPTY, nothing(T0));
    var status = next(policy, ordered, job(ordered, Outcome.OPEN, pod, T0));
    assertThat(status.phase()).isEqualTo(phase);
    assertThat(ready(status)).isEqualTo(reason);
    assertThat(status.message()).contains(words);
    assertThat(condition(status, "Reconciling")).isEqualTo("True");
    assertThat(condition(status, "Queued")).isEqualTo(phase == Phase.QUEUED ? "True" : "False");
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(0, "Completed", report("Completed", "Done."), Phase.SUCCEEDED, "Completed", 0),
        Arguments.of(0, "Completed", "no report", Phase.PENDING, "BackingOff", 1),
        Arguments.of(
            42, "Error", report("BucketNotFound", "Make it."), Phase.FAILED, "BucketNotFound", 0),
        Arguments.of(42, "Error", "crash", Phase.FAILED, "UserError", 0),
        Arguments.of(75, "Error", report("StoreAway", "Wait."), Phase.PENDING, "BackingOff", 1),
        Arguments.of(1, "Error", "Exception in thread", Phase.PENDING, "BackingOff", 1),
        Arguments.of(137, "OOMKilled", null, Phase.PENDING, "BackingOff", 1),
        Arguments.of(137, "Error", null, Phase.PENDING, "BackingOff", 0),
        Arguments.of(143, "Error", null, Phase.PENDING, "BackingOff", 0));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void theExitCodeDecides(
      int code, String kubelet, String message, Phase phase, String reason, int failures) {
    var before = started();
    var seen =
        job(
            before,
            Outcome.OPEN,
            ended(code, kubelet, message, T0.plusSeconds(30)),
            T0.plusSeconds(31));
    var status = next(policy(false, null, 3), before, seen);
    assertThat(status.phase()).isEqualTo(phase);
    assertThat(ready(status)).isEqualTo(reason);
    assertThat(status.failures()).isEqualTo(failures);
    assertThat(status.openAttempt()).isEmpty();
    assertThat(status.activeSeconds()).isEqualTo(30);
    assertThat(status.lastAttempt().orElseThrow().exitCode()).isEqualTo(code);
    assertThat(condition(status, "Ready")).isEqualTo(phase == Phase.SUCCEEDED ? "True" : "False");
    assertThat(condition(status, "Stalled")).isEqualTo(phase == Phase.FAILED ? "True" : "False");
  }

  @Test
  void successHasTheArtifactAndStays() {
    var before = started();
    var end = ended(0, "Completed", report("Completed", "Done."), T0.plusSeconds(5));
    var done =
        next(policy(false, null, 3), before, job(before, Outcome.OPEN, end, T0.plusSeconds(6)));
    assertThat(done.artifact().uri()).isEqualTo("s3://b/out/model/manifest.json");
    assertThat(done.completionTime()).isEqualTo("2026-01-01T00:00:06Z");
    assertThat(done.readyFor(1L)).isTrue();
    var later = next(policy(false, null, 3), done, nothing(T0.plusSeconds(9999)));
    assertThat(later).isEqualTo(done);
  }

  @Test
  void aReportOfAnotherRunIsNoReport() {
    var before = started();
    var other = report("Completed", "Done.").replace("uid-hash", "uid-other");
    var end = ended(0, "Completed", other, T0.plusSeconds(5));
    var status =
        next(policy(false, null, 3), before, job(before, Outcome.OPEN, end, T0.plusSeconds(6)));
    assertThat(status.phase()).isEqualTo(Phase.PENDING);
    assertThat(status.lastAttempt().orElseThrow().reason()).isEqualTo("NoReport");
  }

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
  void interruptionsNeverCountHoweverMany() {
    var policy = policy(false, null, 0);
    var status = next(policy, RunStatus.EMPTY, nothing(T0));
    var now = T0;
    for (int i = 0; i < 25; i++) {
      var ended =
          next(policy, status, job(status, Outcome.OPEN, ended(143, "Error", null, now), now));
      now = now.plusSeconds(600);
      status = next(policy, ended, nothing(now));
      assertThat(status.openAttempt()).isPresent();
    }
    assertThat(status.failures()).isZero();
    assertThat(status.attempts()).hasSize(20);
    assertThat(status.openAttempt().orElseThrow().number()).isEqualTo(26);
  }

  @Test
  void noAttemptBeginsWhileAPodOfTheOneBeforeLives() {
    var policy = policy(false, null, 3);
    var first = started();
    var ended = next(policy, first, job(first, Outcome.OPEN, ended(143, "Error", null, T0), T0));
    var seen =
        new Observation(
            Optional.empty(), Optional.empty(), 1, READY, Optional.empty(), T0.plusSeconds(60), T0);
    var waiting = next(policy, ended, seen);
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
    var stopped = next(suspended, stopping, nothing(at.plusSeconds(5)));
    assertThat(ready(stopped)).isEqualTo("Suspended");
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
    var pod = new ObservedPod("pod", "node", "ip", "Running", null, null, null, null, start, null);
    var running = CALCULATOR.next(intent(policy), second, job(second, Outcome.OPEN, pod, start));
    assertThat(running.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(running.wakeAt()).contains(start.plusSeconds(40));
    var over =
        next(policy, running.status(), job(second, Outcome.OPEN, pod, start.plusSeconds(40)));
    assertThat(over.phase()).isEqualTo(Phase.FAILED);
    assertThat(ready(over)).isEqualTo("DeadlineExceeded");
    assertThat(over.message()).contains("activeDeadlineSeconds = 100");
    assertThat(over.openAttempt()).isEmpty();
  }

  private static Observation withProgress(Observation seen, long step, Instant now, Instant since) {
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
            now.toString(),
            null);
    return new Observation(
        seen.plan(), seen.job(), seen.livePods(), seen.inputs(), Optional.of(report), now, since);
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

  @Test
  void aDeletedJobIsMadeAgainAsTheNextAttempt() {
    var policy = policy(false, null, 3);
    var lost = next(policy, started(), nothing(T0.plusSeconds(9)));
    assertThat(lost.lastAttempt().map(Attempt::reason)).contains("JobDeleted");
    assertThat(lost.failures()).isZero();
    assertThat(next(policy, lost, nothing(T0.plusSeconds(60))).openAttempt()).isPresent();
  }

  @Test
  void aJobThatWasNeverSeenIsStillToBeMade() {
    var policy = policy(false, null, 3);
    var ordered = next(policy, RunStatus.EMPTY, nothing(T0));
    assertThat(next(policy, ordered, nothing(T0.plusSeconds(60)))).isEqualTo(ordered);
  }

  @Test
  void anEditTriesAFailedRunAgainButNeverAFinishedOne() {
    var policy = policy(false, null, 3);
    var before = started();
    var failed = next(policy, before, job(before, Outcome.OPEN, ended(42, "Error", "x", T0), T0));
    var edited =
        CALCULATOR.next(intent(policy, 2, "hash", false), failed, nothing(T0.plusSeconds(60)));
    assertThat(edited.status().openAttempt().orElseThrow().number()).isEqualTo(2);
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
  void theJobSaysItWhenThePodIsGone() {
    var before = started();
    var name = before.lastAttempt().orElseThrow().job();
    var words = "PodFailurePolicy: Container program for pod ns/p failed with exit code 42";
    var gone = new ObservedJob(name, false, Outcome.FAILED, words, null);
    var seen =
        new Observation(Optional.empty(), Optional.of(gone), 0, READY, Optional.empty(), T0, T0);
    assertThat(next(policy(false, null, 3), before, seen).phase()).isEqualTo(Phase.FAILED);
    var lost = new ObservedJob(name, false, Outcome.FAILED, "BackoffLimitExceeded: x", null);
    var other =
        new Observation(Optional.empty(), Optional.of(lost), 0, READY, Optional.empty(), T0, T0);
    var status = next(policy(false, null, 3), before, other);
    assertThat(status.lastAttempt().map(Attempt::reason)).contains("PodLost");
    assertThat(status.failures()).isZero();
  }

  @Test
  void transitionTimesMoveOnlyWithTheStatus() {
    var before = started();
    var later =
        next(
            policy(false, null, 3),
            before,
            job(before, Outcome.OPEN, running(), T0.plusSeconds(50)));
    assertThat(later.condition("Running").orElseThrow().lastTransitionTime())
        .isEqualTo("2026-01-01T00:00:00Z");
  }
}
