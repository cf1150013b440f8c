package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.spec.RunPolicy;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.operator.status.AttemptEnd.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an attempt is stopped and when the next may begin.
 *
 * @param policy the limits
 * @param backoff the pauses
 */
record Deadlines(RunPolicy policy, Backoff backoff) {

  /** Why the open attempt is stopped now; empty to let it go on. */
  Optional<AttemptEnd> stop(RunDraft draft, Observation seen) {
    if (policy.suspend()) {
      return Optional.of(
          end(Verdict.INFRASTRUCTURE, "Suspended", "Stopped by spec.suspend.", seen));
    }
    if (reached(timeIsUp(draft), seen)) {
      return Optional.of(
          end(
              Verdict.USER_ERROR,
              "DeadlineExceeded",
              "The run took longer than activeDeadlineSeconds = %d; raise it to go on."
                  .formatted(policy.activeDeadlineSeconds()),
              seen));
    }
    if (reached(stalls(draft, seen), seen)) {
      return Optional.of(
          end(
              Verdict.FAILED,
              "StallTimeout",
              "No progress for stallTimeoutSeconds = %d at stage %s, step %d."
                  .formatted(
                      policy.stallTimeoutSeconds(), draft.progress.stage(), draft.progress.step()),
              seen));
    }
    return Optional.empty();
  }

  /** The next moment at which something changes by itself. */
  Optional<Instant> wakeAt(RunDraft draft, Observation seen) {
    return Stream.of(timeIsUp(draft), stalls(draft, seen), pauseEnd(draft))
        .flatMap(Optional::stream)
        .filter(at -> at.isAfter(seen.now()))
        .min(Instant::compareTo);
  }

  /** When the pause after the last attempt is over; empty without an ended attempt. */
  Optional<Instant> pauseEnd(RunDraft draft) {
    return draft
        .last()
        .filter(last -> !last.open())
        .map(last -> Instant.parse(last.endTime()).plus(backoff.after(endsThatCount(draft, last))));
  }

  private static int endsThatCount(RunDraft draft, Attempt last) {
    return Boolean.TRUE.equals(last.counted()) ? draft.failures : draft.interruptionsInARow();
  }

  private Optional<Instant> timeIsUp(RunDraft draft) {
    return draft
        .open()
        .map(Attempt::startTime)
        .filter(start -> policy.activeDeadlineSeconds() != null)
        .map(
            start ->
                Instant.parse(start)
                    .plusSeconds(policy.activeDeadlineSeconds() - draft.activeSeconds));
  }

  /**
   * Silence counts only after a first answer in this operator's own hearing: where the network
   * keeps it from asking, a healthy run must not be stopped.
   */
  private Optional<Instant> stalls(RunDraft draft, Observation seen) {
    var heard = seen.progress().filter(p -> p.runUid().equals(draft.runUid)).isPresent();
    return draft
        .open()
        .map(Attempt::startTime)
        .filter(start -> heard)
        .map(
            start ->
                Stream.of(
                        Instant.parse(start),
                        Instant.parse(draft.progress.lastProgressTime()),
                        seen.watchingSince())
                    .max(Instant::compareTo)
                    .orElseThrow()
                    .plus(Duration.ofSeconds(policy.stallTimeoutSeconds())));
  }

  private static boolean reached(Optional<Instant> at, Observation seen) {
    return at.isPresent() && !seen.now().isBefore(at.get());
  }

  private static AttemptEnd end(Verdict verdict, String reason, String message, Observation seen) {
    return new AttemptEnd(verdict, reason, message, null, seen.now(), null);
  }
}
