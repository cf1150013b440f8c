package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.READY;
import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.condition;
import static dev.keizoku.operator.status.ScriptedRun.ended;
import static dev.keizoku.operator.status.ScriptedRun.job;
import static dev.keizoku.operator.status.ScriptedRun.next;
import static dev.keizoku.operator.status.ScriptedRun.nothing;
import static dev.keizoku.operator.status.ScriptedRun.policy;
import static dev.keizoku.operator.status.ScriptedRun.ready;
import static dev.keizoku.operator.status.ScriptedRun.report;
import static dev.keizoku.operator.status.ScriptedRun.running;
import static dev.keizoku.operator.status.ScriptedRun.seen;
import static dev.keizoku.operator.status.ScriptedRun.started;
import static dev.keizoku.operator.status.ScriptedRun.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.words.RunReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Previous status x what is seen -> next status, as tables. */
class RunStatusCalculatorTest {
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
    var missing = Inputs.missing(RunReason.CORPUS_NOT_READY, "Waits for FinCorpus finance.");
    var seen = seen(null, List.of(), missing, T0);
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
        Arguments.of(null, Phase.PENDING, "PodStarting", "its pod come next"),
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
        Arguments.of(
            3,
            "Error",
            "Terminating due to java.lang.OutOfMemoryError: Java heap space",
            Phase.PENDING,
            "BackingOff",
            1),
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
  void anExhaustedHeapIsSaid() {
    var before = started();
    var words = "Terminating due to java.lang.OutOfMemoryError: Java heap space";
    var seen = job(before, Outcome.OPEN, ended(3, "Error", words, T0), T0);
    var attempt = next(policy(false, null, 3), before, seen).lastAttempt().orElseThrow();
    assertThat(attempt.reason()).isEqualTo("OutOfMemory");
    assertThat(attempt.message()).contains("resources.limits.memory");
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
  void aJobThatWasNeverSeenIsStillToBeMade() {
    var policy = policy(false, null, 3);
    var ordered = next(policy, RunStatus.EMPTY, nothing(T0));
    assertThat(next(policy, ordered, nothing(T0.plusSeconds(60)))).isEqualTo(ordered);
  }

  @Test
  void theJobSaysItWhenThePodIsGone() {
    var before = started();
    var name = before.lastAttempt().orElseThrow().job();
    var words = "PodFailurePolicy: Container program for pod ns/p failed with exit code 42";
    var gone =
        new ObservedJob(name, "job-uid", T0, null, null, 0, false, Outcome.FAILED, words, null);
    var seen = seen(gone, List.of(), READY, T0);
    assertThat(next(policy(false, null, 3), before, seen).phase()).isEqualTo(Phase.FAILED);
    var lost =
        new ObservedJob(
            name,
            "job-uid",
            T0,
            null,
            null,
            0,
            false,
            Outcome.FAILED,
            "BackoffLimitExceeded: x",
            null);
    var other = seen(lost, List.of(), READY, T0);
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

  /** Somebody may have written it, or restored half of it. */
  @Test
  void aFinishedStatusWithoutItsConditionsIsLeftFinished() throws JsonProcessingException {
    var half =
        new ObjectMapper()
            .readValue(
                "{\"observedGeneration\":1,\"phase\":\"Failed\",\"message\":\"Gone.\"}",
                RunStatus.class);
    var next = next(policy(false, null, 3), half, nothing(T0));
    assertThat(next.phase()).isEqualTo(Phase.FAILED);
    assertThat(next.message()).isEqualTo("Gone.");
    assertThat(condition(next, "Stalled")).isEqualTo("True");
  }
}
