package dev.keizoku.operator.status;

import dev.keizoku.contract.result.FinalReport;
import dev.keizoku.crd.v1alpha1.status.Attempt;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedPod;
import dev.keizoku.operator.naming.RunNames;
import dev.keizoku.operator.status.AttemptEnd.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * The next status of a run: a pure function of what is wanted, what was said before and what is
 * seen. It also decides, since an attempt stands in the status before its Job is made: an open
 * attempt is the order to make that Job, and a Job that no open attempt names is to be stopped.
 */
public final class RunStatusCalculator {
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
    var before = previous.observedGeneration();
    if (before != null && before != intent.generation()) {
      takeEdit(draft, intent, previous);
    }
    hearLastWord(draft, seen);
    if (draft.finished) {
      var ready = previous.condition("Ready").orElseThrow();
      var same = new Headline(previous.phase(), ready.reason(), ready.message());
      return new Next(
          finish(draft, same, intent, previous, seen), false, Optional.empty(), Optional.empty());
    }
    var plan = plan(draft, intent, seen);
    var end = settleOpenAttempt(draft, intent, seen);
    var headline = decide(draft, intent, seen, end, plan);
    if (headline.phase().finished()) {
      draft.completionTime = Times.text(seen.now());
    }
    var status = finish(draft, headline, intent, previous, seen);
    var report =
        end.filter(e -> e.verdict() == Verdict.COMPLETED).or(() -> plan).map(AttemptEnd::report);
    return new Next(
        status,
        plansNow(draft, intent, seen) && plan.isEmpty(),
        report,
        new Deadlines(intent.policy(), backoff).wakeAt(draft, seen));
  }

  /**
   * A run is planned after its inputs are there and before it begins; and again before it goes on
   * with other devices, say, than it began with.
   */
  private static boolean plansNow(RunDraft draft, RunIntent intent, Observation seen) {
    return intent.plansFirst()
        && !intent.policy().suspend()
        && draft.open().isEmpty()
        && (draft.started() ? !intent.specHash().equals(draft.specHash) : seen.inputs().isReady());
  }

  private static Optional<AttemptEnd> plan(RunDraft draft, RunIntent intent, Observation seen) {
    return plansNow(draft, intent, seen)
        ? Planning.end(seen.plan(), intent.runUid())
        : Optional.empty();
  }

  private static RunStatus finish(
      RunDraft draft, Headline headline, RunIntent intent, RunStatus previous, Observation seen) {
    var conditions =
        Conditions.of(headline, seen.inputs(), previous, intent.generation(), seen.now());
    return draft.build(headline, intent.generation(), conditions);
  }

  /** A new recipe begins a new run; any edit lets a failed run be tried again. */
  private static void takeEdit(RunDraft draft, RunIntent intent, RunStatus previous) {
    if (intent.rebuildsOnChange()
        && draft.started()
        && !intent.specHash().equals(previous.specHash())) {
      draft.beginAnew();
    } else if (previous.phase() == Phase.FAILED) {
      draft.reopen();
    }
  }

  private Optional<AttemptEnd> settleOpenAttempt(
      RunDraft draft, RunIntent intent, Observation seen) {
    var open = draft.open();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    var job = seen.job().filter(j -> j.name().equals(open.get().job()));
    job.ifPresent(j -> note(draft, j, seen.now()));
    listen(draft, seen);
    var end =
        job.isPresent()
            ? job.filter(ObservedJob::ended).map(j -> AttemptEnds.of(j, draft.runUid))
            : lost(open.get());
    var ended = end.or(() -> new Deadlines(intent.policy(), backoff).stop(draft, seen));
    ended.ifPresent(e -> draft.close(e, e.verdict() == Verdict.FAILED, seen.now()));
    return ended;
  }

  /** Keeps what is known of the pod; it may be gone the next time. */
  private static void note(RunDraft draft, ObservedJob job, Instant now) {
    var open = draft.open().orElseThrow();
    var pod = job.pod();
    var startTime = open.startTime();
    if (job.suspended() && startTime != null) {
      draft.activeSeconds += Times.secondsBetween(startTime, now);
      startTime = null;
    } else if (pod != null && pod.startedAt() != null) {
      startTime = Times.text(pod.startedAt());
    }
    draft.replaceLast(
        new Attempt(
            open.number(),
            open.job(),
            pod == null ? open.pod() : pod.name(),
            pod == null || pod.node() == null ? open.node() : pod.node(),
            startTime,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private static void listen(RunDraft draft, Observation seen) {
    seen.progress()
        .filter(report -> draft.runUid.equals(report.runUid()))
        .ifPresent(
            report -> {
              draft.progress = ProgressReading.of(report, draft.progress, seen.now());
              draft.lastCheckpoint =
                  ProgressReading.checkpoint(
                      report.lastCheckpointStep(), draft.lastCheckpoint, seen.now());
            });
  }

  /** A program that is stopped saves its work after its attempt has ended. */
  private static void hearLastWord(RunDraft draft, Observation seen) {
    draft
        .last()
        .filter(last -> !last.open())
        .flatMap(last -> seen.pods().stream().filter(p -> p.name().equals(last.pod())).findFirst())
        .flatMap(pod -> AttemptEnds.report(pod, draft.runUid))
        .ifPresent(
            report ->
                draft.lastCheckpoint =
                    ProgressReading.checkpoint(
                        report.lastCheckpointStep(), draft.lastCheckpoint, seen.now()));
  }

  /** A Job that was never seen is still to be made; one that was seen has been deleted. */
  private static Optional<AttemptEnd> lost(Attempt open) {
    return open.pod() == null
        ? Optional.empty()
        : Optional.of(
            new AttemptEnd(
                Verdict.INFRASTRUCTURE, "JobDeleted", "The Job was deleted.", null, null, null));
  }

  private Headline decide(
      RunDraft draft,
      RunIntent intent,
      Observation seen,
      Optional<AttemptEnd> end,
      Optional<AttemptEnd> plan) {
    var verdict = end.map(AttemptEnd::verdict).orElse(null);
    if (verdict == Verdict.COMPLETED) {
      draft.artifact = end.get().report().artifact();
      draft.progress = ProgressReading.done(draft.progress);
      return new Headline(Phase.SUCCEEDED, end.get().reason(), end.get().message());
    }
    if (verdict == Verdict.USER_ERROR) {
      return new Headline(Phase.FAILED, end.get().reason(), end.get().message());
    }
    if (draft.failures > intent.policy().backoffLimit()) {
      var last = draft.last().orElseThrow();
      return new Headline(
          Phase.FAILED,
          "BackoffLimitExceeded",
          "%d attempts failed, the last with %s: %s"
              .formatted(draft.failures, last.reason(), last.message()));
    }
    if (draft.open().isPresent()) {
      return PodWords.of(draft.open().get(), seen.job(), intent.policy());
    }
    return intent.policy().suspend() ? suspended(seen) : beginOrWait(draft, intent, seen, plan);
  }

  private static Headline suspended(Observation seen) {
    return ObservedPod.anyLives(seen.pods())
        ? new Headline(Phase.SUSPENDED, "Stopping", "The program saves its work and stops.")
        : new Headline(
            Phase.SUSPENDED, "Suspended", "Suspended by spec.suspend; set it to false to go on.");
  }

  private Headline beginOrWait(
      RunDraft draft, RunIntent intent, Observation seen, Optional<AttemptEnd> plan) {
    if (ObservedPod.anyLives(seen.pods())) {
      return new Headline(
          Phase.PENDING, "Stopping", "Waits until the pod of the attempt before has ended.");
    }
    var pauseEnd = new Deadlines(intent.policy(), backoff).pauseEnd(draft);
    if (pauseEnd.isPresent() && seen.now().isBefore(pauseEnd.get())) {
      var last = draft.last().orElseThrow();
      return new Headline(
          Phase.PENDING,
          "BackingOff",
          "Attempt %d ended (%s: %s); the next begins at %s."
              .formatted(last.number(), last.reason(), last.message(), Times.text(pauseEnd.get())));
    }
    if (!draft.started() && !seen.inputs().isReady()) {
      return new Headline(Phase.PENDING, seen.inputs().reason(), seen.inputs().message());
    }
    if (plansNow(draft, intent, seen) && plan.isEmpty()) {
      return Planning.goesOn(seen.plan(), intent.runUid());
    }
    if (plan.isPresent() && plan.get().verdict() != Verdict.COMPLETED) {
      return Planning.refusal(plan.get());
    }
    return begin(draft, intent, seen);
  }

  /** Pins the inputs once, and orders the next attempt of what the spec says now. */
  private static Headline begin(RunDraft draft, RunIntent intent, Observation seen) {
    if (!draft.started()) {
      draft.startTime = Times.text(seen.now());
      draft.inputs = seen.inputs().resolved();
      draft.runUid = intent.runUid();
      draft.output = intent.output();
    }
    draft.specHash = intent.specHash();
    int number = draft.last().map(Attempt::number).orElse(0) + 1;
    var job = RunNames.of(intent.name(), draft.runUid, draft.specHash).job(number);
    draft.add(new Attempt(number, job, null, null, null, null, null, null, null, null, null));
    return PodWords.of(draft.open().orElseThrow(), Optional.empty(), intent.policy());
  }
}
