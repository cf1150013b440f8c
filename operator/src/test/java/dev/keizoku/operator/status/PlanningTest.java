package dev.keizoku.operator.status;

import static dev.keizoku.operator.status.ScriptedRun.CALCULATOR;
import static dev.keizoku.operator.status.ScriptedRun.NO_IMAGE;
import static dev.keizoku.operator.status.ScriptedRun.READY;
import static dev.keizoku.operator.status.ScriptedRun.T0;
import static dev.keizoku.operator.status.ScriptedRun.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.words.RunReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen of the plan's Job -> phase, reason and whether the run begins. */
class PlanningTest {
  private static final String REPORT =
      """
      {"runUid":"uid","reason":"%s","message":"%s",
       "plan":{"parameters":10,"deviceBytes":20,"steps":30,"tokens":40}}\
      """;
  private static final ObservedPod STARTING = pod(null, null, null);

  private static ObservedPod pod(Integer exitCode, String message, String unschedulable) {
    var end = exitCode == null ? null : ScriptedRun.end(exitCode, "Error", message, T0);
    var waiting = new ObservedPod.Waiting(null, null, unschedulable);
    return new ObservedPod(
        "plan-pod", "pod-uid", T0, "node", "Pending", null, waiting, null, NO_IMAGE, end);
  }

  private static ObservedJob job(Outcome outcome, ObservedPod pod) {
    return new ObservedJob("plan", "job-uid", T0, null, null, 0, false, outcome, null, pod);
  }

  private static RunStatusCalculator.Next next(boolean suspend, RunStatus before, ObservedJob job) {
    return next(suspend, before, READY, job);
  }

  private static RunStatusCalculator.Next next(
      boolean suspend, RunStatus before, Inputs inputs, ObservedJob job) {
    var policy = suspend ? RunPolicy.DEFAULT.suspended() : RunPolicy.DEFAULT;
    var intent =
        new RunIntent(
            "tuned", 1, policy, "uid", "hash", "s3://b/out", ScriptedRun.PINNED, null, true, false);
    var seen =
        new Observation(
            Optional.ofNullable(job),
            Optional.empty(),
            List.of(),
            inputs,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            T0,
            T0);
    return CALCULATOR.next(intent, before, seen);
  }

  static Stream<Arguments> whileItGoesOn() {
    return Stream.of(
        Arguments.of(null, Phase.PENDING, "Planning", "before a device is held"),
        Arguments.of(job(Outcome.OPEN, null), Phase.PENDING, "Planning", "before a device"),
        Arguments.of(job(Outcome.OPEN, STARTING), Phase.PENDING, "Planning", "Pod plan-pod"),
        Arguments.of(
            job(Outcome.OPEN, pod(null, null, "0/1 nodes")),
            Phase.QUEUED,
            "Unschedulable",
            "0/1 nodes"),
        Arguments.of(
            job(Outcome.OPEN, pod(75, REPORT.formatted("StorageAway", "No answer."), null)),
            Phase.PENDING,
            "Planning",
            "StorageAway: No answer.); it is tried again"),
        // Its answer went away with its pod.
        Arguments.of(job(Outcome.COMPLETE, null), Phase.PENDING, "Planning", "before a device"));
  }

  @ParameterizedTest
  @MethodSource
  void whileItGoesOn(ObservedJob job, Phase phase, String reason, String words) {
    var next = next(false, RunStatus.EMPTY, job);
    assertThat(next.planning()).isTrue();
    assertThat(next.status().phase()).isEqualTo(phase);
    assertThat(ready(next.status())).isEqualTo(reason);
    assertThat(next.status().message()).contains(words);
    assertThat(next.status().startTime()).isNull();
    assertThat(next.status().attempts()).isEmpty();
  }

  @Test
  void anAnswerBeginsTheRun() {
    var answer = pod(0, REPORT.formatted("Planned", "It fits."), null);
    var next = next(false, RunStatus.EMPTY, job(Outcome.OPEN, answer));
    assertThat(next.planning()).isFalse();
    assertThat(next.report().orElseThrow().plan().steps()).isEqualTo(30);
    assertThat(next.status().startTime()).isNotNull();
    assertThat(next.status().openAttempt()).isPresent();
    // From then on nobody asks for the plan.
    assertThat(next(false, next.status(), null).planning()).isFalse();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            job(Outcome.OPEN, pod(42, REPORT.formatted("TooLittleMemory", "Take 8."), null)),
            "TooLittleMemory",
            "Take 8."),
        Arguments.of(job(Outcome.OPEN, pod(0, "no report", null)), "PlanFailed", "final report"),
        Arguments.of(
            job(Outcome.FAILED, pod(75, REPORT.formatted("StorageAway", "No."), null)),
            "PlanFailed",
            "StorageAway: No."),
        Arguments.of(job(Outcome.FAILED, null), "PlanFailed", "PodLost"));
  }

  @ParameterizedTest
  @MethodSource
  void refusals(ObservedJob job, String reason, String words) {
    var next = next(false, RunStatus.EMPTY, job);
    assertThat(next.planning()).isFalse();
    assertThat(next.status().phase()).isEqualTo(Phase.FAILED);
    assertThat(ready(next.status())).isEqualTo(reason);
    assertThat(next.status().message()).contains(words);
    assertThat(next.status().attempts()).isEmpty();
    assertThat(next.status().startTime()).isNull();
  }

  @Test
  void nothingIsPlannedWhileSuspendedOrWithoutInputs() {
    assertThat(next(true, RunStatus.EMPTY, null).planning()).isFalse();
    var missing = Inputs.missing(RunReason.CORPUS_NOT_READY, "Waits.");
    var next = next(false, RunStatus.EMPTY, missing, null);
    assertThat(next.planning()).isFalse();
    assertThat(ready(next.status())).isEqualTo("CorpusNotReady");
  }
}
