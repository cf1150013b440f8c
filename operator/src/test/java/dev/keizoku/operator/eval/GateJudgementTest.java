package dev.keizoku.operator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.Gate;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.EvalResult.End;
import dev.keizoku.contract.result.EvalResult.Score;
import dev.keizoku.contract.result.EvalResult.Summary;
import dev.keizoku.crd.v1alpha1.status.Condition;
import dev.keizoku.crd.v1alpha1.status.Phase;
import dev.keizoku.crd.v1alpha1.status.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GateJudgementTest {
  private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // enforce, low, high, GatePassed, Ready, Stalled, column
    "false, 0.01,  0.05,  True,    True,  False, PASS",
    "false, -0.01, 0.05,  Unknown, True,  False, INCONCLUSIVE",
    "false, -0.05, -0.01, False,   True,  False, BLOCK",
    "true,  0.01,  0.05,  True,    True,  False, PASS",
    "true,  -0.01, 0.05,  Unknown, False, True,  INCONCLUSIVE",
    "true,  -0.05, -0.01, False,   False, True,  BLOCK",
  })
  void anEnforcedGateHoldsBackWhatItDoesNotPass(
      boolean enforce,
      double low,
      double high,
      String passed,
      String ready,
      String stalled,
      String column) {
    var gate = new Gate(0.0, null, null, null, enforce, null);
    var run = run(Phase.SUCCEEDED);
    var judgement = GateJudgement.of(gate, run, result(low, high));

    var judged = judgement.orElseThrow().on(run, run, NOW);

    assertThat(status(judged, "GatePassed")).isEqualTo(passed);
    assertThat(status(judged, "Ready")).isEqualTo(ready);
    assertThat(status(judged, "Stalled")).isEqualTo(stalled);
    assertThat(EvalColumns.of(run, result(low, high), judgement, 0.95).gate()).isEqualTo(column);
    assertThat(judgement.orElseThrow().on(run, judged, NOW.plusSeconds(60))).isEqualTo(judged);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"SUCCEEDED", "FAILED"})
  void aFinishedRunAlwaysHasItsColumn(Phase phase) {
    var gate = new Gate(null, null, null, null, null, null);
    var judgement = GateJudgement.of(gate, run(phase), null);
    assertThat(judgement.orElseThrow().on(run(phase), run(phase), NOW).condition("GatePassed"))
        .map(Condition::status)
        .contains("Unknown");
    assertThat(EvalColumns.of(run(phase), null, judgement, 0.95).gate()).isEqualTo("INCONCLUSIVE");
    assertThat(EvalColumns.of(run(phase), null, Optional.empty(), 0.95).gate()).isEqualTo("-");
  }

  @Test
  void aRunUnderWayIsNotJudged() {
    var gate = new Gate(null, null, null, null, null, null);
    assertThat(GateJudgement.of(gate, run(Phase.RUNNING), result(0.01, 0.05))).isEmpty();
  }

  /**
   * Four gained and none lost: the interval leaves out zero, the exact test that speaks does not.
   */
  @ParameterizedTest
  @CsvSource({"0.125, no", "0.03, yes", ", yes"})
  void theColumnSaysWhatThePageSays(Double p, String shown) {
    var end = new End("fp2", 0.01);
    var summary = new Summary("tuned", false, p, 0.01, 0.2, end, end, null, null);
    var score = new Score("overall", "mean", "tuned", 0.3, 0.4, 0.1, 0.01, 0.2, 40);
    var result =
        new EvalResult(null, List.of(score), 0.05, List.of(summary), "float32", List.of(), null);
    assertThat(EvalColumns.of(run(Phase.SUCCEEDED), result, Optional.empty(), 0.95).sig())
        .isEqualTo(shown);
  }

  private static String status(RunStatus run, String type) {
    return run.condition(type).orElseThrow().status();
  }

  private static EvalResult result(double low, double high) {
    var end = new End("fp2", low);
    var summary = new Summary("tuned", false, null, low, high, end, end, null, null);
    return new EvalResult(null, List.of(), 0.05, List.of(summary), "float32", List.of(), null);
  }

  private static RunStatus run(Phase phase) {
    boolean good = phase == Phase.SUCCEEDED;
    var conditions = List.of(condition("Ready", good), condition("Stalled", false));
    return new RunStatus(
        3L,
        phase,
        "Scored.",
        conditions,
        "uid",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static Condition condition(String type, boolean status) {
    return new Condition(
        type, status ? "True" : "False", "Completed", "Scored.", 3L, BEFORE.toString());
  }
}
