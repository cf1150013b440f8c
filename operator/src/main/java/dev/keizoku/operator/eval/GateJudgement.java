package dev.keizoku.operator.eval;

import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.crd.v1alpha1.spec.EvaluationRecipe.Gate;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.operator.status.Conditions;
import dev.keizoku.operator.words.RunReason;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gate says of the first candidate.
 *
 * @param passed true when it reached what the gate asks
 * @param message the numbers
 */
record GateJudgement(boolean passed, String message) {

  /** The candidate's overall row; empty before there is a result. */
  static Optional<Score> overall(EvalResult result, String candidate) {
    return result == null
        ? Optional.empty()
        : result.overall().stream().filter(s -> s.candidate().equals(candidate)).findFirst();
  }

  /** The judgement; empty without a gate or a result. */
  static Optional<GateJudgement> of(Gate gate, Optional<Score> overall) {
    return gate == null ? Optional.empty() : overall.map(score -> of(gate, score));
  }

  private static GateJudgement of(Gate gate, Score score) {
    if (score.delta() == 0 && score.ciLow() == 0 && score.ciHigh() == 0) {
      // At minDelta 0 a training that changed nothing would pass.
      return new GateJudgement(
          false,
          "The candidate scores as the base on every question; check that it is the tuned model.");
    }
    double reached = gate.significant() ? score.ciLow() : score.delta();
    var message =
        String.format(
            Locale.ROOT,
            "The %s is %+.4f; the gate asks for %+.4f.",
            gate.significant() ? "lower end of the difference's interval" : "overall difference",
            reached,
            gate.minDelta());
    return new GateJudgement(reached >= gate.minDelta(), message);
  }

  /** The condition {@code GatePassed} of a run that ended without telling its scores. */
  static Condition undecided() {
    return new Condition(
        "GatePassed",
        "Unknown",
        RunReason.GATE_UNDECIDED.text(),
        "The program told no overall score; read results.json beside the artifact, and judge by it.",
        null,
        null);
  }

  /** The condition {@code GatePassed}. */
  Condition condition() {
    return Conditions.condition(
        "GatePassed",
        passed,
        passed ? RunReason.DELTA_REACHED : RunReason.DELTA_TOO_SMALL,
        message);
  }
}
