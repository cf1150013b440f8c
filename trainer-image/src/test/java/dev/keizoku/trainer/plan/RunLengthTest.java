package dev.keizoku.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.TrainRun.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLengthTest {
  @ParameterizedTest
  @CsvSource({
    "5,    , 240, 50",
    "5,    , 241, 51",
    "0.5,  , 240, 5",
    "0.01, , 240, 1",
    "5,  20, 240, 20",
    "5, 999, 240, 50",
    ",   7, 0, 7",
  })
  void steps(Double epochs, Integer maxSteps, long sequences, long steps) {
    var length = RunLength.of(training(epochs, maxSteps), 100, sequences);
    assertThat(length.steps()).isEqualTo(steps);
    assertThat(length.tokens()).isEqualTo(steps * 2400);
  }

  @Test
  void whatCannotBe() {
    assertThatThrownBy(() -> RunLength.of(training(null, null), 100, 9))
        .hasMessageContaining("training.epochs or training.maxSteps");
    assertThatThrownBy(() -> RunLength.of(training(1.0, null), 100, 0))
        .hasMessageContaining("fills no sequence of 100 tokens");
  }

  private static Training training(Double epochs, Integer maxSteps) {
    return new Training(epochs, maxSteps, 24, 6, 1e-4, 0, 0, null, null);
  }
}
