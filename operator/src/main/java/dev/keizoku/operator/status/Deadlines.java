package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.status.AttemptEnd.Consequence;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.RunReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an attempt is stopped and when the next may begin.
 *
 * @param policy the limits
 * @param backoff the pauses
 * @param draft the run, as far as it is calculated when one of the methods is called
 * @param seen what is seen
 */
record Deadlines(RunPolicy policy, Backoff backoff, RunDraft draft, Observation seen) {
  private static final Duration OFTEN = Duration.ofSeconds(3);
  private static final Duration SELDOM = Duration.ofSeconds(30);

  private static final double SECONDS_AN_HOUR = 3_600;

  /** Three hundred years: who writes a huge number means no limit, and time has an end. */
  private static final double FOREVER = 1e10;

  /** Far longer than a program needs from its start until it answers. */
  private static final Duration ANSWERS = Duration.ofSeconds(90);

  /** Why the open attempt is stopped now; empty to let it go on. */
  Optional<AttemptEnd> stop() {
    if (policy.suspend()) {
      return Optional.of(
          end(Consequence.INFRASTRUCTURE, RunReason.SUSPENDED, "Stopped by spec.suspend."));
    }
    if (reached(timeIsUp())) {
      return Optional.of(
          end(
              Consequence.USER_ERROR,
              RunReason.DEADLINE_EXCEEDED,
              "The run took longer than activeDeadlineSeconds = %d; raise it to go on."
                  .formatted(policy.activeDeadlineSeconds())));
    }
    if (reached(budgetIsSpent())) {
      return Optional.of(
          end(
              Consequence.USER_ERROR,
              RunReason.BUDGET_EXCEEDED,
              ("The run has used its budget.gpuHours = %s; what it saved stays. Raise it to go on"
                      + " from there.")
                  .formatted(policy.budget().gpuHours())));
    }
    if (reached(stalls())) {
      return Optional.of(
          end(
              Consequence.FAILED,
              RunReason.STALL_TIMEOUT,
              "No progress for stallTimeoutSeconds = %d at stage %s, step %d."
                  .formatted(
                      policy.stallTimeoutSeconds(),
                      draft.progress.stage(),
                      draft.progress.step())));
    }
    return Optional.empty();
  }

  /** The next moment at which something changes by itself. */
  Optional<Instant> wakeAt() {
    return Stream.of(
            timeIsUp(), budgetIsSpent(), stalls(), pauseEnd(), lookAgain(), nodeIsLost(), unheard())
        .flatMap(Optional::stream)
        .filter(at -> at.isAfter(seen.now()))
        .min(Instant::compareTo);
  }

  private Optional<ObservedPod> pod() {
    return seen.job().map(ObservedJob::pod);
  }

  /** Nobody tells of a pod that never comes, or that waits for its volume. */
  private Optional<Instant> lookAgain() {
    return seen.onItsWay()
        .filter(job -> !job.suspended() && (job.pod() == null || job.pod().startedAt() == null))
        .map(job -> Duration.between(job.createdAt(), seen.now()).dividedBy(4))
        .map(quarter -> quarter.compareTo(SELDOM) > 0 ? SELDOM : quarter)
        .map(quarter -> seen.now().plus(quarter.compareTo(OFTEN) < 0 ? OFTEN : quarter));
  }

  private Optional<Instant> nodeIsLost() {
    return seen.pods().stream()
        .filter(pod -> !pod.terminal())
        .map(ObservedPod::overdueAt)
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /** When the pause after the last attempt is over; empty without an ended attempt. */
  Optional<Instant> pauseEnd() {
    return draft
        .last()
        .filter(last -> !last.open())
        .map(last -> Instant.parse(last.endTime()).plus(backoff.after(endsThatCount(last))));
  }

  private int endsThatCount(Attempt last) {
    // What was saved since it began is not lost; there is no reason to wait longer than at first.
    if (draft.savedSince(last.startTime())) {
      return 1;
    }
    return Boolean.TRUE.equals(last.counted()) ? draft.failures : draft.interruptionsInARow();
  }

  private Optional<Instant> timeIsUp() {
    return draft
        .open()
        .map(Attempt::startTime)
        .filter(start -> policy.activeDeadlineSeconds() != null)
        .map(
            start ->
                after(Instant.parse(start), policy.activeDeadlineSeconds() - draft.activeSeconds));
  }

  private static Instant after(Instant start, double seconds) {
    return start.plusSeconds((long) Math.ceil(Math.min(seconds, FOREVER)));
  }

  private Optional<Instant> budgetIsSpent() {
    return draft
        .open()
        .filter(open -> open.startTime() != null && policy.budget() != null && open.held() > 0)
        .map(
            open -> {
              var left = policy.budget().gpuHours() * SECONDS_AN_HOUR - draft.gpuSeconds;
              return after(Instant.parse(open.startTime()), Math.max(0, left / open.held()));
            });
  }

  /**
   * Silence counts only after a first answer in this operator's own hearing: where the network
   * keeps it from asking, a healthy run must not be stopped.
   */
  private Optional<Instant> stalls() {
    var heard = seen.progress().filter(p -> p.report().runUid().equals(draft.runUid)).isPresent();
    // Whoever takes the pod away has already stopped it, or cannot reach it any more.
    var taken = pod().map(ObservedPod::loss).isPresent();
    return draft
        .open()
        .map(Attempt::startTime)
        .filter(start -> heard && !taken)
        .map(
            start ->
                after(
                    Stream.of(
                            Instant.parse(start),
                            Instant.parse(draft.progress.lastProgressTime()),
                            seen.watchingSince())
                        .max(Instant::compareTo)
                        .orElseThrow(),
                    policy.stallTimeoutSeconds()));
  }

  /** When it is said of a program that nobody has heard it yet; empty once it was heard. */
  private Optional<Instant> unheard() {
    return draft
        .open()
        .map(Attempt::startTime)
        .filter(start -> seen.progress().isEmpty())
        .map(Instant::parse)
        .map(start -> start.isAfter(seen.watchingSince()) ? start : seen.watchingSince())
        .map(from -> from.plus(ANSWERS));
  }

  /** The same of a run whose program cannot be asked, so that no stall is ever seen. */
  Headline hearing(Headline running) {
    return running.reason() == RunReason.RUNNING && reached(unheard())
        ? new Headline(
            running.phase(),
            RunReason.PROGRESS_UNREACHABLE,
            running.message()
                + " The operator cannot ask it for its progress: let the operator's namespace reach"
                + " the pod's port http (NetworkPolicy, service mesh). Until then a standstill is"
                + " not noticed.")
        : running;
  }

  private boolean reached(Optional<Instant> at) {
    return at.isPresent() && !seen.now().isBefore(at.get());
  }

  private AttemptEnd end(Consequence consequence, RunReason reason, String message) {
    return new AttemptEnd(consequence, reason, message, null, seen.now(), null);
  }
}
