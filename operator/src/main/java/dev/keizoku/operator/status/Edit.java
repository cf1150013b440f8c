package dev.keizoku.operator.status;

import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.words.RunReason;
import dev.keizoku.operator.words.StatusReason;
import java.util.Objects;

/**
 * What the newest edit, or the wish by annotation, asks of the run that the status tells of. A new
 * recipe of a corpus, and another runId of anything, begins a new run. A failed run is tried again
 * when its user says so: by the annotation, by suspending it, by another recipe, or by raising the
 * limit that ended it.
 */
public enum Edit {
  /** The run is as it was. */
  NONE,
  /** Another run begins in its place. */
  ANEW,
  /** It failed, and is tried again with what is installed today. */
  AGAIN,
  /** It failed by a limit that is raised, and goes on. */
  ON;

  /** What is asked since that status was written. */
  public static Edit of(RunIntent intent, RunStatus previous) {
    if (previous.observedGeneration() == null) {
      return NONE;
    }
    boolean edited = previous.observedGeneration() != intent.generation();
    boolean another = edited && !intent.specHash().equals(previous.specHash());
    boolean called = !Objects.equals(previous.runId(), intent.policy().runId());
    boolean started = previous.startTime() != null;
    if (called || (intent.rebuildsOnChange() && started && another)) {
      return ANEW;
    }
    if (previous.phase() != Phase.FAILED) {
      return NONE;
    }
    boolean asked = intent.retry() != null && !intent.retry().equals(previous.retried());
    if (asked || another || (edited && intent.policy().suspend())) {
      return AGAIN;
    }
    return edited && raised(intent, previous) ? ON : NONE;
  }

  private static boolean raised(RunIntent intent, RunStatus previous) {
    var policy = intent.policy();
    return switch (StatusReason.of(previous)) {
      case RunReason.DEADLINE_EXCEEDED ->
          policy.activeDeadlineSeconds() == null
              || policy.activeDeadlineSeconds() > previous.activeSeconds();
      case RunReason.BUDGET_EXCEEDED ->
          policy.budget() == null || policy.budget().gpuHours() * 3_600 > previous.gpuSeconds();
      case RunReason.BACKOFF_LIMIT_EXCEEDED -> previous.failures() <= policy.backoffLimit();
      default -> false;
    };
  }
}
