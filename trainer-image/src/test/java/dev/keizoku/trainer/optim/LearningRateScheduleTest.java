package dev.keizoku.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keizoku.contract.train.Training.Schedule;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Against transformers; the values are made by {@code src/test/reference/schedules.py}. */
class LearningRateScheduleTest {

  // Peak 1, floor 0.1, 4 warm-up steps of 24.
  @ParameterizedTest
  @CsvSource({
    "LINEAR,0,0.2",
    "LINEAR,3,0.8",
    "LINEAR,4,1",
    "LINEAR,14,0.55",
    "LINEAR,23,0.145",
    "LINEAR,24,0.1",
    "COSINE,4,1",
    "COSINE,14,0.55",
    "COSINE,9,0.86819805",
    "COSINE,24,0.1",
    "WSD,4,1",
    "WSD,19,1",
    "WSD,22,0.55",
    "WSD,24,0.1",
    "CONSTANT,2,0.6",
    "CONSTANT,24,1",
  })
  void warmsUpThenFallsToTheFloor(Schedule form, long step, double rate) {
    var schedule = new LearningRateSchedule(form, 1, 0.1, 4, 24);
    assertThat(schedule.at(step)).isCloseTo(rate, within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void everyStepHasTheRateOfTransformers(Schedule form) throws IOException {
    var schedule = new LearningRateSchedule(form, 1, 0.1, 4, 24);
    try (var golden = LearningRateScheduleTest.class.getResourceAsStream("/optim/schedules.json")) {
      var rates = new ObjectMapper().readTree(golden).get(form.name());
      assertThat(rates.size()).isEqualTo(25);
      // transformers' WSD begins its warm-up at the floor, its other schedules and ours at 0.
      for (var step = form == Schedule.WSD ? 4 : 0; step < rates.size(); step++) {
        assertThat(schedule.at(step)).isCloseTo(rates.get(step).asDouble(), within(1e-12));
      }
    }
  }
}
