package dev.keizoku.operator.status;

import dev.keizoku.contract.fault.ExitCode;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.operator.job.ObservedJob;
import dev.keizoku.operator.job.ObservedJob.Outcome;
import dev.keizoku.operator.status.AttemptEnd.Consequence;
import dev.keizoku.operator.words.Headline;
import dev.keizoku.operator.words.PodWords;
import dev.keizoku.operator.words.RunReason;
import java.util.Optional;

/**
 * Says of the plan that comes before a run where it is. It is no attempt: it holds no device and
 * writes nothing, so Kubernetes tries it again by itself, and only its answer is looked at.
 */
final class Planning {
  private Planning() {}

  /** How the plan ended; empty while it goes on, or is to be made again. */
  static Optional<AttemptEnd> end(Optional<ObservedJob> plan, String runUid) {
    return plan.filter(job -> answered(job) || gaveUp(job)).map(job -> AttemptEnds.of(job, runUid));
  }

  private static boolean answered(ObservedJob job) {
    var exit = job.pod() == null ? null : job.pod().end();
    return exit != null
        && (exit.exitCode() == ExitCode.DONE.code()
            || exit.exitCode() == ExitCode.USER_ERROR.code());
  }

  private static boolean gaveUp(ObservedJob job) {
    return job.outcome() == Outcome.FAILED && job.ended();
  }

  /** The sentence about a plan that did not let the run begin. */
  static Headline refusal(AttemptEnd end) {
    return end.consequence() == Consequence.USER_ERROR
        ? new Headline(Phase.FAILED, end.reason(), end.message())
        : new Headline(
            Phase.FAILED,
            RunReason.PLAN_FAILED,
            "The run could not be planned, the last time with %s: %s"
                .formatted(end.reason().text(), end.message()));
  }

  /** The sentence about a plan that goes on. */
  static Headline goesOn(Observation seen, String runUid) {
    var plan = seen.plan();
    var pod = plan.map(ObservedJob::pod).orElse(null);
    if (pod == null && plan.map(ObservedJob::suspended).orElse(false)) {
      return seen.obstacle()
          .orElseGet(
              () ->
                  new Headline(
                      Phase.QUEUED,
                      RunReason.WAITING_FOR_QUOTA,
                      "Job %s, which plans the run, is held back by a queue."
                          .formatted(plan.get().name())));
    }
    if (pod == null) {
      return seen.obstacle()
          .orElseGet(
              () -> planning("Memory, steps and hours are worked out before a device is held."));
    }
    if (pod.end() != null) {
      var end = AttemptEnds.of(plan.get(), runUid);
      return planning(
          "Planning failed (%s: %s); it is tried again."
              .formatted(end.reason().text(), end.message()));
    }
    return PodWords.hindrance(pod)
        .or(seen::obstacle)
        .orElseGet(() -> planning("Pod %s plans the run.".formatted(pod.name())));
  }

  private static Headline planning(String message) {
    return new Headline(Phase.PENDING, RunReason.PLANNING, message);
  }
}
