package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.crd.v1alpha1.status.Pinned;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.HeardProgress;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.job.ObservedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as the calculator sees it: what is asked, what is seen of its Job and pod, what follows.
 */
final class ScriptedRun {
  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  static final RunStatusCalculator CALCULATOR =
      new RunStatusCalculator(new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(6)));
  static final Inputs READY =
      Inputs.ready(List.of(new Input("FinCorpus", "finance", "s3://b/manifest.json", "ab")));

  static final ObservedPod.Waiting NOT_WAITING = new ObservedPod.Waiting(null, null, null);
  static final Pinned PINNED =
      new Pinned(
          "keizoku/trainer:1",
          "IfNotPresent",
          8080,
          "http://minio:9000",
          null,
          "keys",
          null,
          "1",
          true);
  static final ObservedPod.Image NO_IMAGE = new ObservedPod.Image(null, null);

  /** What each pod holds. */
  private static final int GPUS = 4;

  private ScriptedRun() {}

  static RunPolicy policy(boolean suspend, Long deadline, Integer backoffLimit) {
    return policy(suspend, deadline, backoffLimit, null);
  }

  static RunPolicy policy(boolean suspend, Long deadline, Integer backoffLimit, String runId) {
    return new RunPolicy(
        runId,
        suspend,
        null,
        null,
        null,
        deadline,
        null,
        600L,
        backoffLimit,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static RunPolicy budget(double gpuHours) {
    return new RunPolicy(
        null,
        false,
        null,
        null,
        null,
        null,
        new RunPolicy.Budget(gpuHours),
        600L,
        3,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  static RunIntent intent(RunPolicy policy) {
    return intent(policy, 1, "hash", false);
  }

  static RunIntent intent(RunPolicy policy, long generation, String hash, boolean rebuilds) {
    return new RunIntent(
        "tuned",
        generation,
        policy,
        "uid-" + hash,
        hash,
        "s3://b/out",
        PINNED,
        null,
        false,
        rebuilds);
  }

  static Observation nothing(Instant now) {
    return pods(List.of(), now);
  }

  /** No Job any more, but those pods. */
  static Observation pods(List<ObservedPod> pods, Instant now) {
    return seen(null, pods, READY, now);
  }

  static Observation job(RunStatus status, Outcome outcome, ObservedPod pod, Instant now) {
    return job(status, false, outcome, pod, now);
  }

  /** The Job as a queue took it back, with the pod that may still save. */
  static Observation suspended(RunStatus status, ObservedPod pod, Instant now) {
    return job(status, true, Outcome.OPEN, pod, now);
  }

  private static Observation job(
      RunStatus status, boolean suspended, Outcome outcome, ObservedPod pod, Instant now) {
    var name = status.lastAttempt().orElseThrow().job();
    var job = new ObservedJob(name, "job-uid", T0, null, null, GPUS, suspended, outcome, null, pod);
    return seen(job, Stream.ofNullable(pod).toList(), READY, now);
  }

  static Observation seen(ObservedJob job, List<ObservedPod> pods, Inputs inputs, Instant now) {
    return new Observation(
        Optional.empty(),
        Optional.ofNullable(job),
        pods,
        inputs,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        T0);
  }

  /** The same, and what the program said last. */
  static Observation at(Optional<HeardProgress> heard, Observation seen) {
    return new Observation(
        seen.plan(),
        seen.job(),
        seen.pods(),
        seen.inputs(),
        heard,
        Optional.empty(),
        Optional.empty(),
        seen.now(),
        seen.watchingSince());
  }

  static ObservedPod running() {
    return running(T0);
  }

  static ObservedPod running(Instant since) {
    return pod("Running", null, NOT_WAITING, since, null);
  }

  static ObservedPod taken(ObservedPod.Loss loss) {
    return pod("Running", loss, NOT_WAITING, T0, null);
  }

  /** Taken away, and ended by that. */
  static ObservedPod taken(ObservedPod.Loss loss, int exitCode, Instant at) {
    return pod("Failed", loss, NOT_WAITING, T0, end(exitCode, "Error", null, at));
  }

  static ObservedPod ended(int exitCode, String reason, String message, Instant at) {
    var phase = exitCode == 0 ? "Succeeded" : "Failed";
    return pod(phase, null, NOT_WAITING, T0, end(exitCode, reason, message, at));
  }

  static ObservedPod waiting(String reason, String message, String unschedulable) {
    var waiting = new ObservedPod.Waiting(reason, message, unschedulable);
    return pod("Pending", null, waiting, null, null);
  }

  static ObservedPod pod(
      String phase,
      ObservedPod.Loss loss,
      ObservedPod.Waiting waiting,
      Instant startedAt,
      ObservedPod.End end) {
    return new ObservedPod(
        "pod", "pod-uid", T0, "node", phase, loss, waiting, startedAt, NO_IMAGE, end);
  }

  static ObservedPod.End end(int exitCode, String reason, String message, Instant at) {
    return new ObservedPod.End(exitCode, reason, message, at, false);
  }

  static String report(String reason, String message) {
    return """
    {"runUid":"uid-hash","reason":"%s","message":"%s",
     "artifact":{"uri":"s3://b/out/model/manifest.json","sha256":"%s","bytes":12}}\
    """
        .formatted(reason, message, "cd".repeat(32));
  }

  static RunStatus next(RunPolicy policy, RunStatus before, Observation seen) {
    return CALCULATOR.next(intent(policy), before, seen).status();
  }

  /** A status with one attempt whose pod runs since T0. */
  static RunStatus started() {
    var policy = policy(false, null, 3);
    var ordered = next(policy, RunStatus.EMPTY, nothing(T0));
    return next(policy, ordered, job(ordered, Outcome.OPEN, running(), T0));
  }

  static String condition(RunStatus status, String type) {
    return status.condition(type).map(Condition::status).orElse("-");
  }

  static String ready(RunStatus status) {
    return status.condition("Ready").map(Condition::reason).orElse("-");
  }
}
