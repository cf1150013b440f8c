package dev.keizoku.operator.eval;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.eval.GateVerdict;
import dev.keizoku.contract.eval.GateVerdict.Outcome;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import dev.keizoku.operator.status.Conditions;
import dev.keizoku.operator.words.RunReason;
import java.time.Instant;
import java.util.Optional;

/**
 * What the gate makes of a finished run's status.
 *
 * @param gate asked for
 * @param verdict over the result
 */
record GateJudgement(Gate gate, GateVerdict verdict) {

  /** The judgement; empty without a gate or before the run is finished. */
  static Optional<GateJudgement> of(Gate gate, RunStatus run, EvalResult result) {
    if (gate == null || run.phase() == null || !run.phase().finished()) {
      return Optional.empty();
    }
    var verdict =
        run.phase() == Phase.FAILED ? GateVerdict.open("runFailed") : GateVerdict.of(gate, result);
    return Optional.of(new GateJudgement(gate, verdict));
  }

  /**
   * The status with the condition {@code GatePassed}; where the gate is enforced and not passed, it
   * is neither ready nor under way, so that who waits for it stops.
   *
   * @param before what the resource says now, for the times of its conditions
   */
  RunStatus on(RunStatus run, RunStatus before, Instant now) {
    var judged = run.plus(settled(condition("GatePassed", status()), run, before, now));
    boolean holds =
        gate.enforce() && verdict.outcome() != Outcome.PASS && run.phase() == Phase.SUCCEEDED;
    return holds
        ? judged
            .with(settled(condition("Ready", "False"), run, before, now))
            .with(settled(condition("Stalled", "True"), run, before, now))
        : judged;
  }

  private static Condition settled(
      Condition condition, RunStatus run, RunStatus before, Instant now) {
    return Conditions.settle(condition, before, run.observedGeneration(), now);
  }

  private Condition condition(String type, String status) {
    return new Condition(type, status, reason().text(), verdict.sentence(), null, null);
  }

  private String status() {
    return switch (verdict.outcome()) {
      case PASS -> "True";
      case BLOCK -> "False";
      case INCONCLUSIVE -> "Unknown";
    };
  }

  private RunReason reason() {
    return switch (verdict.outcome()) {
      case PASS -> RunReason.GATE_PASSED;
      case BLOCK -> RunReason.GATE_BLOCKED;
      case INCONCLUSIVE -> RunReason.GATE_INCONCLUSIVE;
    };
  }
}
