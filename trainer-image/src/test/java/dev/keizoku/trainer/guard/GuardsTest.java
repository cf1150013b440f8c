package dev.keizoku.trainer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.keizoku.contract.fault.Reason;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuardsTest {
  private final Guards guards =
      new Guards(
          new NonFiniteGuard(1),
          new LossSpikeGuard(8, 3, 8, 1, 0.01),
          Optional.of(new ForgettingGuard("wiki", 0.1, ForgettingGuard.Action.LOWER_RATE, 0.5, 3)),
          2);

  @Test
  void aRunThatDivergesAgainAndAgainGoesBackTwiceAndThenStops() {
    var checkpoint = calm(GuardState.START, 0, 10);
    var state = checkpoint;
    for (int rollback = 0; rollback < 2; rollback++) {
      var verdict = guards.beforeUpdate(state, reading(10 + rollback, 100));
      assertThat(verdict.decision()).isInstanceOf(Decision.Rollback.class);
      state = verdict.state().rolledBackTo(checkpoint);
    }
    assertThat(state.spike()).as("the window is the checkpoint's").isEqualTo(checkpoint.spike());
    assertThat(state.rollbacks()).isEqualTo(2);
    assertThat(state.whySkipped(9)).isEmpty();
    assertThat(state.whySkipped(10)).isPresent();
    assertThat(state.whySkipped(11)).isPresent();
    assertThat(state.whySkipped(12)).isEmpty();

    var last = guards.beforeUpdate(state, reading(12, Double.NaN));
    assertThat(last.decision())
        .isInstanceOfSatisfying(
            Decision.Stop.class,
            stop -> {
              assertThat(stop.reason()).isEqualTo(Reason.DIVERGED);
              assertThat(stop.message()).contains("loss of rank 0 is NaN", "2 times already");
            });
  }

  @Test
  void everyLoweringOfTheRateIsRemembered() {
    var state = guards.afterEvaluation(GuardState.START, 0, Map.of("wiki", 10.0)).state();
    for (double perplexity : new double[] {12, 13}) {
      var verdict = guards.afterEvaluation(state, 100, Map.of("wiki", perplexity));
      assertThat(verdict.decision()).isInstanceOf(Decision.LowerRate.class);
      state = verdict.state();
    }
    assertThat(state.rateFactor()).isEqualTo(0.25);
  }

  @Test
  void withoutAForgettingGuardEvaluationsPass() {
    var verdict = Guards.DEFAULT.afterEvaluation(GuardState.START, 0, Map.of("wiki", 1e9));
    assertThat(verdict.isContinue()).isTrue();
  }

  @Test
  void theStateSurvivesACheckpointToTheBit() throws Exception {
    var state = guards.beforeUpdate(calm(GuardState.START, 0, 5), reading(5, 77)).state();
    state = guards.afterEvaluation(state, 5, Map.of("wiki", 10.1)).state();
    var json = new JsonMapper();
    assertThat(json.readValue(json.writeValueAsString(state), GuardState.class)).isEqualTo(state);
  }

  private GuardState calm(GuardState state, int from, int to) {
    for (int step = from; step < to; step++) {
      var verdict = guards.beforeUpdate(state, reading(step, 3 + 0.1 * (step % 3)));
      assertThat(verdict.isContinue()).isTrue();
      state = verdict.state();
    }
    return state;
  }

  private static StepReading reading(long step, double loss) {
    return new StepReading(step, loss, new double[] {loss}, new double[] {1});
  }
}
