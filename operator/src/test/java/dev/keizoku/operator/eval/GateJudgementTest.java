package dev.keizoku.operator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.crd.v1alpha1.spec.EvaluationRecipe.Gate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateJudgementTest {

  @ParameterizedTest
  @CsvSource({
    // minDelta, significant, delta, ciLow, ciHigh, passed
    "0,     false, 0.010,  -0.02, 0.04,  true",
    "0,     true,  0.010,  -0.02, 0.04,  false",
    "0.02,  false, 0.010,  -0.02, 0.04,  false",
    "0.01,  true,  0.030,   0.01, 0.05,  true",
    "-0.02, false, -0.010, -0.03, 0.01,  true",
    "-0.02, true,  -0.010, -0.03, 0.01,  false",
    // As many won as lost is no sameness: the interval has a width.
    "0,     false, 0,      -0.03, 0.03,  true",
    // The same answers everywhere: nothing was changed, whatever the gate asks.
    "0,     false, 0,       0,    0,     false",
    "0,     true,  0,       0,    0,     false",
    "-0.02, false, 0,       0,    0,     false",
    "-0.02, true,  0,       0,    0,     false",
  })
  void passesWhatReachesItAndNeverTheBaseItself(
      double minDelta,
      boolean significant,
      double delta,
      double ciLow,
      double ciHigh,
      boolean passed) {
    var score = new Score("overall", "mean", "tuned", 0.3, 0.3 + delta, delta, ciLow, ciHigh, 100);

    var judgement = GateJudgement.of(new Gate(minDelta, significant), Optional.of(score));

    assertThat(judgement).map(GateJudgement::passed).contains(passed);
  }
}
