package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.status.AttemptEnd.Consequence;
import dev.keizoku.operator.words.LastWords;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.Times;
import java.time.Instant;
import java.util.Optional;

/**
 * What ends the open attempt and what begins the next.
 *
 * @param draft the run, which the methods move on
 * @param intent what is wanted
 * @param seen what is seen
 * @param deadlines when an attempt is stopped
 */
record Attempts(RunDraft draft, RunIntent intent, Observation seen, Deadlines deadlines) {
  private static final String AT_ITS_END = " Its last lines: ";

  /** Notes what is seen of the open attempt, and closes it when it ended or is to be stopped. */
  Optional<AttemptEnd> settle() {
    var open = draft.open();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    var job = seen.job().filter(j -> j.name().equals(open.get().job()));
    job.ifPresent(this::note);
    listen();
    var end =
        job.isPresent()
            ? job.filter(ObservedJob::ended)
                .map(j -> AttemptEnds.ofRun(j, draft.runUid, draft.output))
            : lost(open.get());
    var ended = end.or(deadlines::stop);
    ended.ifPresent(e -> draft.close(e, e.consequence() == Consequence.FAILED, seen.now()));
    return ended;
  }

  /** Keeps what is known of the pod; it may be gone the next time. */
  private void note(ObservedJob job) {
    var open = draft.open().orElseThrow();
    var pod = job.pod();
    if (pod != null && draft.pinned != null && draft.pinned.digest() == null) {
      draft.pinned = draft.pinned.withDigest(pod.image().byDigest(draft.pinned.image()));
    }
    draft.replaceLast(
        new Attempt(
            open.number(),
            open.job(),
            job.uid(),
            pod == null ? open.pod() : pod.name(),
            pod == null || pod.node() == null ? open.node() : pod.node(),
            pod == null || pod.image().id() == null ? open.image() : pod.image().id(),
            job.gpus(),
            job.suspended() ? startUntilBooked(open, pod) : startTime(open, pod),
            null,
            null,
            null,
            null,
            null,
            null,
            open.resumedFromStep()));
  }

  private String startTime(Attempt open, ObservedPod pod) {
    return pod == null || pod.startedAt() == null
        ? open.startTime()
        : Times.text(earlier(pod.startedAt(), seen.now()));
  }

  /**
   * A Job that a queue takes back books its running time once, when its pod has ended; the pod may
   * save for a while before that.
   */
  private String startUntilBooked(Attempt open, ObservedPod pod) {
    if (open.startTime() == null || (pod != null && pod.running())) {
      return open.startTime();
    }
    var ended = pod == null || pod.end() == null ? null : pod.end().at();
    draft.book(
        Times.secondsBetween(
            open.startTime(), ended == null ? seen.now() : earlier(ended, seen.now())));
    return null;
  }

  /** A node's clock may be ahead of ours. */
  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void listen() {
    seen.progress()
        .filter(heard -> draft.runUid.equals(heard.report().runUid()))
        .ifPresent(
            heard -> {
              draft.progress = ProgressReading.of(heard, draft.progress);
              draft.lastCheckpoint =
                  ProgressReading.checkpoint(
                      heard.report().lastCheckpointStep(), draft.lastCheckpoint, seen.now());
            });
  }

  /** A program that is stopped saves its work; by then its attempt may have ended. */
  void hearLastWord() {
    var pod =
        draft
            .last()
            .flatMap(
                last -> seen.pods().stream().filter(p -> p.name().equals(last.pod())).findFirst());
    pod.flatMap(p -> AttemptEnds.report(p, draft.runUid))
        .ifPresent(
            report ->
                draft.lastCheckpoint =
                    ProgressReading.checkpoint(
                        report.lastCheckpointStep(), draft.lastCheckpoint, seen.now()));
    pod.map(ObservedPod::end).ifPresent(this::keepWhatStoodStill);
  }

  /** A program that does not stop when it is asked to says what its threads are at. */
  private void keepWhatStoodStill(ObservedPod.End end) {
    var last = draft.last().orElseThrow();
    if (!RunReason.STALL_TIMEOUT.text().equals(last.reason()) || end.report() != null) {
      return;
    }
    var words = LastWords.of(end.message());
    if (!words.isEmpty() && !last.message().contains(AT_ITS_END)) {
      draft.replaceLast(last.saying(last.message() + AT_ITS_END + words));
    }
  }

  /** A Job that was never seen is still to be made; one that was seen has been deleted. */
  private static Optional<AttemptEnd> lost(Attempt open) {
    return open.pod() == null
        ? Optional.empty()
        : Optional.of(
            AttemptEnd.unseen(
                Consequence.INFRASTRUCTURE, RunReason.JOB_DELETED, "The Job was deleted."));
  }

  /** Pins the inputs once, and orders the next attempt of what the spec says now. */
  Attempt begin() {
    if (!draft.started()) {
      draft.startTime = Times.text(seen.now());
      draft.inputs = seen.inputs().resolved();
      draft.lineage = seen.inputs().lineage();
      draft.runUid = intent.runUid();
      draft.output = intent.output();
    }
    if (draft.pinned == null) {
      draft.pinned = intent.pinned();
    }
    draft.specHash = intent.specHash();
    int number = draft.last().map(Attempt::number).orElse(0) + 1;
    var job = RunNames.of(intent.name(), draft.runUid, draft.specHash).job(number);
    var saved = draft.lastCheckpoint == null ? null : draft.lastCheckpoint.step();
    var ordered = Attempt.ordered(number, job, saved);
    draft.add(ordered);
    return ordered;
  }
}
