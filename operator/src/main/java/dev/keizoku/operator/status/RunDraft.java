package dev.keizoku.operator.status;

import dev.keizoku.contract.result.Artifact;
import dev.keizoku.crd.v1alpha1.status.Ancestor;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Input;
import dev.keizoku.crd.v1alpha1.status.LastCheckpoint;
import dev.keizoku.crd.v1alpha1.status.Pinned;
import dev.keizoku.crd.v1alpha1.status.ProfilePin;
import dev.keizoku.crd.v1alpha1.status.Progress;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.words.Advice;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import dev.keizoku.operator.words.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A status on its way from the previous to the next; lives within one calculation. */
final class RunDraft {
  private static final int ATTEMPTS_KEPT = 20;
  private static final int INTERRUPTIONS_IN_VAIN = 10;

  boolean finished;
  String runUid;
  String runId;
  String specHash;
  String output;
  String startTime;
  String completionTime;
  List<Input> inputs;
  List<Ancestor> lineage;
  Pinned pinned;
  String retried;
  Progress progress;
  LastCheckpoint lastCheckpoint;
  long activeSeconds;
  long gpuSeconds;
  int failures;
  Artifact artifact;
  private final ProfilePin profile;
  private final List<Attempt> attempts;

  RunDraft(RunStatus previous) {
    finished = previous.phase() != null && previous.phase().finished();
    runUid = previous.runUid();
    runId = previous.runId();
    specHash = previous.specHash();
    output = previous.output();
    startTime = previous.startTime();
    completionTime = previous.completionTime();
    inputs = previous.inputs();
    lineage = previous.lineage();
    pinned = previous.pinned();
    retried = previous.retried();
    progress = previous.progress();
    lastCheckpoint = previous.lastCheckpoint();
    activeSeconds = previous.activeSeconds();
    gpuSeconds = previous.gpuSeconds();
    failures = previous.failures();
    artifact = previous.artifact();
    profile = previous.profile();
    attempts = new ArrayList<>(previous.attempts());
  }

  /** Forgets the run, but not what it committed: that stays valid until another is complete. */
  void beginAnew() {
    finished = false;
    runUid = specHash = output = startTime = completionTime = null;
    inputs = List.of();
    lineage = List.of();
    pinned = null;
    progress = null;
    lastCheckpoint = null;
    activeSeconds = 0;
    gpuSeconds = 0;
    failures = 0;
    attempts.clear();
  }

  /**
   * Lets a failed run be tried again, with the image of today, which may be what mends it; time,
   * checkpoints and the store stay.
   */
  void reopen(Pinned today) {
    goOn();
    failures = 0;
    if (pinned != null) {
      pinned =
          new Pinned(
              today.image(),
              today.pullPolicy(),
              pinned.port(),
              pinned.endpoint(),
              pinned.region(),
              pinned.secretName(),
              today.image().equals(pinned.image()) ? pinned.digest() : null,
              today.operatorVersion(),
              today.keysAsFiles());
    }
  }

  /** Lets a run go on whose limit was raised. */
  void goOn() {
    finished = false;
    completionTime = null;
  }

  boolean started() {
    return startTime != null;
  }

  Optional<Attempt> last() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }

  Optional<Attempt> open() {
    return last().filter(Attempt::open);
  }

  /** The newest attempt that failed by the run's own fault; the newest of all when none is kept. */
  Optional<Attempt> lastCounted() {
    return attempts.reversed().stream()
        .filter(attempt -> Boolean.TRUE.equals(attempt.counted()))
        .findFirst()
        .or(this::last);
  }

  void add(Attempt attempt) {
    attempts.add(attempt);
    if (attempts.size() > ATTEMPTS_KEPT) {
      attempts.removeFirst();
    }
  }

  void replaceLast(Attempt attempt) {
    attempts.set(attempts.size() - 1, attempt);
  }

  /** Books running time of the open attempt, and that of the GPUs that it held. */
  void book(long seconds) {
    activeSeconds += seconds;
    gpuSeconds += seconds * attempts.getLast().held();
  }

  /** Ends the open attempt, books its running time and notes its last checkpoint. */
  void close(AttemptEnd end, boolean counted, Instant now) {
    var open = attempts.getLast();
    // A node's clock may be ahead of ours; nothing has ended in the future.
    var at = end.at() == null || end.at().isAfter(now) ? now : end.at();
    book(Times.secondsBetween(open.startTime(), at));
    var train = end.report() == null ? null : end.report().train();
    if (end.report() != null) {
      lastCheckpoint =
          ProgressReading.checkpoint(end.report().lastCheckpointStep(), lastCheckpoint, now);
    }
    if (counted) {
      // What got further is no repetition of the failure before.
      failures = savedSince(open.startTime()) ? 1 : failures + 1;
    }
    replaceLast(
        new Attempt(
            open.number(),
            open.job(),
            open.jobUid(),
            open.pod(),
            open.node(),
            open.image(),
            open.gpus(),
            open.startTime(),
            Times.text(at),
            end.reason().text(),
            end.exitCode(),
            counted,
            end.message(),
            Advice.about(end.reason()).orElse(null),
            train == null ? open.resumedFromStep() : train.resumedFromStep()));
  }

  /** True when a checkpoint was committed after that time; false for null. */
  boolean savedSince(String time) {
    return time != null
        && lastCheckpoint != null
        && Instant.parse(lastCheckpoint.time()).isAfter(Instant.parse(time));
  }

  /**
   * True when so many attempts in a row were interrupted that another one is not likely to get
   * further: nothing was saved since the first of them began.
   */
  boolean interruptedInVain() {
    int row = interruptionsInARow();
    return row >= INTERRUPTIONS_IN_VAIN
        && !savedSince(attempts.get(attempts.size() - INTERRUPTIONS_IN_VAIN).startTime());
  }

  /** Ended attempts at the end of the list that were the cluster's doing, one after another. */
  int interruptionsInARow() {
    int count = 0;
    for (var attempt : attempts.reversed()) {
      if (Boolean.TRUE.equals(attempt.counted())
          || StatusReason.read(attempt.reason()) == RunReason.SUSPENDED) {
        break;
      }
      count++;
    }
    return count;
  }

  RunStatus build(Headline headline, long generation, List<Condition> conditions) {
    return new RunStatus(
        generation,
        headline.phase(),
        headline.message(),
        conditions,
        runUid,
        runId,
        specHash,
        output,
        startTime,
        completionTime,
        inputs,
        lineage,
        pinned,
        retried,
        progress,
        lastCheckpoint,
        activeSeconds,
        gpuSeconds,
        failures,
        List.copyOf(attempts),
        artifact,
        profile);
  }
}
