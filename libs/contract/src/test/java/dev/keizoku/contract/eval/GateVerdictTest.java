package dev.keizoku.contract.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.eval.GateVerdict.Outcome;
import dev.keizoku.contract.result.EvalResult;
import dev.keizoku.contract.result.EvalResult.End;
import dev.keizoku.contract.result.EvalResult.Ends;
import dev.keizoku.contract.result.EvalResult.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateVerdictTest {

  @ParameterizedTest
  @CsvSource({
    // minDelta, task limit, low, high, weakest task's low, most lost task's high, outcome
    "0,     ,     0.001,  0.05,  -0.10,  0.02, PASS",
    "0,     ,     0,      0.05,  -0.10,  0.02, INCONCLUSIVE",
    "0,     ,    -0.02,   0.05,  -0.10,  0.02, INCONCLUSIVE",
    "0,     ,    -0.05,  -0.01,  -0.10, -0.05, BLOCK",
    "0.02,  ,     0.01,   0.05,  -0.10,  0.02, INCONCLUSIVE",
    "0.02,  ,     0.001,  0.015, -0.10,  0.02, BLOCK",
    "-0.02, ,    -0.01,   0.05,  -0.10,  0.02, PASS",
    "0,     0.03, 0.001,  0.05,  -0.02,  0.02, PASS",
    // A noisy loss is no proof that nothing was lost.
    "0,     0.03, 0.001,  0.05,  -0.04,  0.02, INCONCLUSIVE",
    // Twenty points on one task do not outweigh five on another.
    "0,     0.03, 0.10,   0.20,  -0.08, -0.04, BLOCK",
  })
  void everyLimitIsAskedOfTheEndThatHurts(
      double minDelta,
      Double limit,
      double low,
      double high,
      double weakest,
      double lost,
      Outcome outcome) {
    var gate = new Gate(minDelta, null, limit, null, null, null);
    var summary = new Summary("tuned", false, 0.01, low, high, end(weakest), end(lost), null, null);

    assertThat(GateVerdict.of(gate, result(summary)).outcome()).isEqualTo(outcome);
  }

  /** Three gained and none lost of 38: the interval leaves out nothing, the exact test does not. */
  @ParameterizedTest
  @CsvSource({
    "0,     0.25,   INCONCLUSIVE",
    "0.001, 0.1001, INCONCLUSIVE",
    "0,     0.1,    PASS",
    // Not to be worse is no difference that a test would have to show.
    "-0.02, 0.25,   PASS",
    // Of an older release.
    "0,     ,       PASS",
  })
  void aGainIsAskedOfTheExactTestToo(double minDelta, Double p, Outcome outcome) {
    var summary = new Summary("tuned", false, p, 0.002, 0.15, end(0.002), end(0.1), null, null);
    var verdict = GateVerdict.of(new Gate(minDelta, null, null, null, null, null), result(summary));
    assertThat(verdict.outcome()).isEqualTo(outcome);
    if (outcome == Outcome.INCONCLUSIVE && p == 0.25) {
      assertThat(verdict.sentence())
          .startsWith("tuned is open: chance alone gives so large an overall gain with")
          .contains("probability 0.1250, the gate asks for 0.05 at most");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.25, INCONCLUSIVE", "0, 0.01, BLOCK", "0.01, 0.25, BLOCK"})
  void aLossIsAskedOfTheExactTestToo(double minDelta, double p, Outcome outcome) {
    var summary =
        new Summary("tuned", false, p, -0.15, -0.002, end(-0.15), end(-0.002), null, null);
    assertThat(
            GateVerdict.of(new Gate(minDelta, null, null, null, null, null), result(summary))
                .outcome())
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"0", "-0.5", "-1"})
  void theBaseItselfNeverPasses(double minDelta) {
    var verdict =
        GateVerdict.of(new Gate(minDelta, null, null, null, null, null), result(same("tuned")));

    assertThat(verdict.outcome()).isEqualTo(Outcome.BLOCK);
    assertThat(verdict.sentence())
        .isEqualTo(
            "tuned scores as the base model on every question; check that it is the tuned model.");
  }

  @Test
  void forgettingIsAskedOfGeneralTasksWhichMustBeThere() {
    var gate = new Gate(0.0, null, null, 0.02, null, null);
    assertThat(GateVerdict.of(gate, result(general(new Ends(-0.01, 0.03)))).outcome())
        .isEqualTo(Outcome.PASS);
    assertThat(GateVerdict.of(gate, result(general(new Ends(-0.03, 0.01)))).outcome())
        .isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(GateVerdict.of(gate, result(general(new Ends(-0.09, -0.03)))).outcome())
        .isEqualTo(Outcome.BLOCK);
    var none = GateVerdict.of(gate, result(general(null)));
    assertThat(none.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(none.sentence()).endsWith("none was run; add one to tasks.");
  }

  @Test
  void oneCandidateThatIsBlockedBlocks() {
    var gate = new Gate(null, null, null, null, null, null);
    var good = general(null);
    assertThat(GateVerdict.of(gate, result(good, good)).outcome()).isEqualTo(Outcome.PASS);
    var verdict = GateVerdict.of(gate, result(good, same("other")));
    assertThat(verdict.outcome()).isEqualTo(Outcome.BLOCK);
    assertThat(verdict.sentence()).contains("tuned passes: ", "other scores as the base model");
  }

  @Test
  void whatWasNotToldOrTakenAtAnotherLevelIsOpen() {
    var gate = new Gate(null, 0.01, null, null, null, null);
    assertThat(GateVerdict.of(gate, (EvalResult) null).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    var other = GateVerdict.of(gate, result(general(null)));
    assertThat(other.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(other.sentence()).contains("alpha 0.05 and the gate asks 0.01");
  }

  @Test
  void aFieldOfBeforeIsAnsweredWithASentence() {
    var gate = new Gate(null, null, null, null, null, false);
    assertThat(GateVerdict.of(gate, result(general(null))).sentence())
        .endsWith("gate.significant is no longer read: the interval is always asked; remove it.");
  }

  private static Summary same(String name) {
    return new Summary(name, true, 1.0, 0, 0, end(0), end(0), null, null);
  }

  private static Summary general(Ends general) {
    return new Summary("tuned", false, null, 0.01, 0.05, end(-0.2), end(0.1), general, null);
  }

  private static End end(double gain) {
    return new End("fp2", gain);
  }

  private static EvalResult result(Summary... summaries) {
    return new EvalResult(null, List.of(), 0.05, List.of(summaries), "float32", List.of(), null);
  }
}
