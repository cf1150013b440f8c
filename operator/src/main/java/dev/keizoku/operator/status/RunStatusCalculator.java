package dev.keizoku.operator.status;

import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.status.AttemptEnd.Consequence;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.PodWords;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import dev.keizoku.operator.words.Times;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The next status of a run: a pure function of what is wanted, what was said before and what is
 * seen. It also decides, since an attempt stands in the status before its Job is made: an open
 * attempt is the order to make that Job, and a Job that no open attempt names is to be stopped.
 */
public final class RunStatusCalculator {
  private static final int FAULT_LIMIT = 1024;
  private static final String RETRY =
      "To try again, give the annotation keizoku.dev/retry another value.";

  private final Backoff backoff;

  /** A calculator with those pauses between attempts. */
  public RunStatusCalculator(Backoff backoff) {
    this.backoff = backoff;
  }

  /**
   * The outcome of a calculation.
   *
   * @param status the next status
   * @param planning true while the run's plan is to be made: the order to make its Job
   * @param report the program's last word, when this calculation saw the run complete or its plan
   *     answered
   * @param wakeAt when to look again even if nothing happens; empty for never
   */
  public record Next(
      RunStatus status, boolean planning, Optional<FinalReport> report, Optional<Instant> wakeAt) {}

  /** The next status. */
  public Next next(RunIntent intent, RunStatus previous, Observation seen) {
    var draft = new RunDraft(previous);
    switch (Edit.of(intent, previous)) {
      case ANEW -> draft.beginAnew();
      case AGAIN -> draft.reopen(intent.pinned());
      case ON -> draft.goOn();
      case NONE -> {}
    }
    draft.retried = intent.retry();
    draft.runId = intent.policy().runId();
    var deadlines = new Deadlines(intent.policy(), backoff, draft, seen);
    var attempts = new Attempts(draft, intent, seen, deadlines);
    attempts.hearLastWord();
    if (draft.finished) {
      var same = new Headline(previous.phase(), ended(previous), previous.message());
      return new Next(
          finish(draft, same, intent, previous, seen), false, Optional.empty(), Optional.empty());
    }
    var end = attempts.settle();
    boolean plansNow = plansNow(draft, intent, seen);
    var plan = plansNow ? Planning.end(seen.plan(), intent.runUid()) : Optional.<AttemptEnd>empty();
    var headline = ended(draft, intent, end).orElseGet(() -> goesOn(attempts, plansNow, plan));
    if (headline.phase().finished()) {
      draft.completionTime = Times.text(seen.now());
    }
    var report =
        end.filter(e -> e.consequence() == Consequence.COMPLETED)
            .or(() -> plan)
            .map(AttemptEnd::report);
    return new Next(
        finish(draft, headline, intent, previous, seen),
        plansNow && plan.isEmpty() && !headline.phase().finished(),
        report,
        deadlines.wakeAt());
  }

  /** Why a run ended, which a kind's own judgement of it may have hidden in Ready. */
  private static StatusReason ended(RunStatus previous) {
    return previous.phase() == Phase.SUCCEEDED ? RunReason.COMPLETED : StatusReason.of(previous);
  }

  /** The status of a run that could not be looked at. */
  public RunStatus afterFault(RunStatus previous, long generation, Exception fault, Instant now) {
    var words = Objects.requireNonNullElse(fault.getMessage(), fault.getClass().getSimpleName());
    var headline =
        new Headline(
            Objects.requireNonNullElse(previous.phase(), Phase.PENDING),
            RunReason.RECONCILE_FAILED,
            "The operator cannot do its work for this resource, and goes on trying: "
                + words.substring(0, Math.min(words.length(), FAULT_LIMIT)));
    // An edit that nobody has taken up yet must still be seen as one.
    long seen = Objects.requireNonNullElse(previous.observedGeneration(), generation);
    var inputs = Inputs.missing(RunReason.RECONCILE_FAILED, "");
    return new RunDraft(previous)
        .build(headline, seen, Conditions.of(headline, inputs, previous, seen, now));
  }

  /**
   * A run is planned after its inputs are there and before it begins; and again before it goes on
   * with other devices, say, than it began with.
   */
  private static boolean plansNow(RunDraft draft, RunIntent intent, Observation seen) {
    return intent.plansFirst()
        && !intent.policy().suspend()
        && seen.trial().isEmpty()
        && draft.open().isEmpty()
        && (draft.started() ? !intent.specHash().equals(draft.specHash) : seen.inputs().isReady());
  }

  private static RunStatus finish(
      RunDraft draft, Headline headline, RunIntent intent, RunStatus previous, Observation seen) {
    var conditions =
        Conditions.of(headline, seen.inputs(), previous, intent.generation(), seen.now());
    return draft.build(headline, intent.generation(), conditions);
  }

  /** The headline of a run that is over; empty for one that goes on. */
  private static Optional<Headline> ended(
      RunDraft draft, RunIntent intent, Optional<AttemptEnd> end) {
    var consequence = end.map(AttemptEnd::consequence).orElse(null);
    if (consequence == Consequence.COMPLETED) {
      draft.artifact = end.get().report().artifact();
      draft.progress = ProgressReading.done(draft.progress);
      return Optional.of(new Headline(Phase.SUCCEEDED, end.get().reason(), end.get().message()));
    }
    if (consequence == Consequence.USER_ERROR) {
      return Optional.of(new Headline(Phase.FAILED, end.get().reason(), end.get().message()));
    }
    // A limit that was lowered below what has failed waits for the attempt that is at work.
    if (draft.open().isPresent()) {
      return Optional.empty();
    }
    if (end.isPresent() && draft.interruptedInVain()) {
      return Optional.of(
          new Headline(
              Phase.FAILED,
              RunReason.INTERRUPTED_TOO_OFTEN,
              "The last 10 attempts were interrupted before they saved anything, the last one: %s %s"
                  .formatted(end.get().message(), RETRY)));
    }
    if (draft.failures <= intent.policy().backoffLimit()) {
      return Optional.empty();
    }
    var last = draft.lastCounted().orElseThrow();
    return Optional.of(
        new Headline(
            Phase.FAILED,
            RunReason.BACKOFF_LIMIT_EXCEEDED,
            "%d attempts failed, the last with %s: %s %s"
                .formatted(draft.failures, last.reason(), last.message(), RETRY)));
  }

  private static Headline goesOn(Attempts attempts, boolean plansNow, Optional<AttemptEnd> plan) {
    var seen = attempts.seen();
    var policy = attempts.intent().policy();
    var open = attempts.draft().open();
    if (open.isPresent()) {
      return attempts
          .deadlines()
          .hearing(
              PodWords.of(
                  open.get(),
                  seen.job().filter(job -> job.name().equals(open.get().job())),
                  seen.obstacle(),
                  seen.now()));
    }
    if (policy.suspend()) {
      return suspended(seen);
    }
    return hindrance(attempts)
        .or(() -> planned(attempts, plansNow, plan))
        .orElseGet(() -> PodWords.ordered(attempts.begin()));
  }

  private static Headline suspended(Observation seen) {
    return stopping(seen, Phase.SUSPENDED, "The program saves its work and stops.")
        .orElse(
            new Headline(
                Phase.SUSPENDED,
                RunReason.SUSPENDED,
                "Suspended by spec.suspend or the annotation keizoku.dev/suspend; take it back to"
                    + " go on."));
  }

  /** The headline while a pod of the attempt before is there; empty when none is. */
  private static Optional<Headline> stopping(Observation seen, Phase phase, String message) {
    return ObservedPod.anyLives(seen.pods())
        ? PodWords.lost(seen.pods(), phase, seen.now())
            .or(() -> Optional.of(new Headline(phase, RunReason.STOPPING, message)))
        : Optional.empty();
  }

  /** What the next attempt waits for. */
  private static Optional<Headline> hindrance(Attempts attempts) {
    var seen = attempts.seen();
    var stopping =
        stopping(seen, Phase.PENDING, "Waits until the pod of the attempt before has ended.");
    if (stopping.isPresent()) {
      return stopping;
    }
    var pauseEnd = attempts.deadlines().pauseEnd();
    if (pauseEnd.isPresent() && seen.now().isBefore(pauseEnd.get())) {
      var last = attempts.draft().last().orElseThrow();
      return Optional.of(
          new Headline(
              Phase.PENDING,
              RunReason.BACKING_OFF,
              "Attempt %d ended (%s: %s); the next begins at %s."
                  .formatted(
                      last.number(), last.reason(), last.message(), Times.text(pauseEnd.get()))));
    }
    if (attempts.draft().started() || seen.trial().isPresent()) {
      return seen.trial();
    }
    var inputs = seen.inputs();
    return inputs.isReady()
        ? Optional.empty()
        : Optional.of(new Headline(Phase.PENDING, inputs.reason(), inputs.message()));
  }

  /** What the plan says against beginning. */
  private static Optional<Headline> planned(
      Attempts attempts, boolean plansNow, Optional<AttemptEnd> plan) {
    if (plansNow && plan.isEmpty()) {
      return Optional.of(Planning.goesOn(attempts.seen(), attempts.intent().runUid()));
    }
    return plan.filter(end -> end.consequence() != Consequence.COMPLETED).map(Planning::refusal);
  }
}
