package dev.keizoku.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keizoku.contract.train.TrainRun;
import dev.keizoku.contract.train.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLengthTest {
  @ParameterizedTest
  @CsvSource({
    "5,    , 10,   50",
    "5,    , 10.1, 50",
    "5,    , 10.2, 51",
    "0.5,  , 10,   5",
    "5,  20, 10,   20",
    "5, 999, 10,   50",
    ",    7, 0,    7",
  })
  void steps(Double epochs, Integer maxSteps, double stepsPerEpoch, long steps) {
    var length = RunLength.of(run(epochs, maxSteps), stepsPerEpoch);
    assertThat(length.steps()).isEqualTo(steps);
    assertThat(length.tokens()).isEqualTo(steps * 2400);
  }

  @Test
  void whatCannotBe() {
    assertThatThrownBy(() -> RunLength.of(run(null, null), 9))
        .hasMessageContaining("epochs or maxSteps");
    assertThatThrownBy(() -> RunLength.of(run(1.0, null), 0.9))
        .hasMessageContaining("do not fill one batch of 24 sequences of 100 tokens");
  }

  private static TrainRun run(Double epochs, Integer maxSteps) {
    var training =
        new Training(
            100, epochs, maxSteps, 24, 6, 1e-4, 0.0, 0, null, null, null, null, null, null, null,
            1L);
    return new TrainRun(
        "uid", "run", null, null, null, null, null, null, training, null, null, null, null, null,
        null);
  }
}
