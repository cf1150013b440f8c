package dev.keizoku.trainer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.fault.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgettingGuardTest {
  @Test
  void theFirstMeasurementIsTheBaseModels() {
    var guard = guard(ForgettingGuard.Action.STOP);
    var verdict = guard.check(ForgettingGuard.State.START, 0, Map.of("wiki", 20.0));
    assertThat(verdict.isContinue()).isTrue();
    assertThat(verdict.state()).isEqualTo(new ForgettingGuard.State(20.0, 20.0, 0));
  }

  /** Base 20, limit 10 percent; the rate is lowered twice at most. */
  @ParameterizedTest
  @CsvSource({
    "STOP,       20, 0, 22.0, Continue,  0",
    "STOP,       20, 0, 22.1, Stop,      0",
    "STOP,       20, 0, NaN,  Stop,      0",
    "LOWER_RATE, 20, 0, 22.0, Continue,  0",
    "LOWER_RATE, 20, 0, 22.1, LowerRate, 1",
    "LOWER_RATE, 23, 1, 22.5, Continue,  1", // above the limit, but recovering
    "LOWER_RATE, 23, 1, 23.5, LowerRate, 2",
    "LOWER_RATE, 24, 2, 24.5, Stop,      2",
    "LOWER_RATE, 20, 0, Infinity, Stop,  0",
  })
  void beyondTheLimit(
      ForgettingGuard.Action action,
      double last,
      int lowered,
      double now,
      String decision,
      int loweredAfter) {
    var state = new ForgettingGuard.State(20.0, last, lowered);
    var verdict = guard(action).check(state, 300, Map.of("wiki", now, "finance", 1.0));
    assertThat(verdict.decision().getClass().getSimpleName()).isEqualTo(decision);
    assertThat(verdict.state().lowered()).isEqualTo(loweredAfter);
  }

  @Test
  void theSentenceNamesTheSetAndWhatToDo() {
    var state = new ForgettingGuard.State(20.0, 20.0, 0);
    var verdict = guard(ForgettingGuard.Action.STOP).check(state, 300, Map.of("wiki", 25.0));
    assertThat(verdict.decision())
        .isEqualTo(
            new Decision.Stop(
                Reason.FORGETTING,
                "Step 300: the perplexity of wiki is 25.00, +25 % over the 20.00 at step 0 (tolerated:"
                    + " 10 %); lower learningRate, add general text to data or raise"
                    + " guards.forgetting.maxIncrease."));
  }

  @Test
  void aSetThatIsNotMeasuredIsAMistake() {
    var guard = guard(ForgettingGuard.Action.STOP);
    assertThatThrownBy(() -> guard.check(ForgettingGuard.State.START, 0, Map.of("finance", 9.0)))
        .hasMessageContaining("no held-out set is called wiki");
  }

  private static ForgettingGuard guard(ForgettingGuard.Action action) {
    return new ForgettingGuard("wiki", 0.1, action, 0.5, 2);
  }
}
