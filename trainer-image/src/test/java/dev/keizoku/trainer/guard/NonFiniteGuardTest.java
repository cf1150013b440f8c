package dev.keizoku.trainer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonFiniteGuardTest {
  private final NonFiniteGuard guard = new NonFiniteGuard(3);

  @ParameterizedTest
  @CsvSource({
    "0, 2.5,  0.9, 0, Continue, ''",
    "0, NaN,  0.9, 1, SkipStep, loss of rank 1 is NaN",
    "1, 2.5,  Infinity, 2, SkipStep, gradient norm of rank 1 is Infinity",
    "2, -Infinity, 0.9, 0, Rollback, loss of rank 1 is -Infinity",
    "2, 2.5,  0.9, 0, Continue, ''",
  })
  void onAnyRank(
      int streak, double loss, double norm, int nextStreak, String decision, String why) {
    var reading = new StepReading(70, 2.5 + loss, new double[] {2.5, loss}, new double[] {1, norm});
    var verdict = guard.check(new NonFiniteGuard.State(streak), reading);
    assertThat(verdict.state().streak()).isEqualTo(nextStreak);
    assertThat(verdict.decision().getClass().getSimpleName()).isEqualTo(decision);
    assertThat(verdict.decision().toString()).contains(why);
    if (verdict.decision() instanceof Decision.Rollback rollback) {
      assertThat(rollback.firstStep()).isEqualTo(68);
      assertThat(rollback.lastStep()).isEqualTo(70);
    }
  }
}
