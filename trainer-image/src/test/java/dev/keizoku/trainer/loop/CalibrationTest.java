package dev.keizoku.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {

  /** By a clock that stands so many seconds further at each look. */
  private static Calibration calibration(TinyJob job, AtomicLong clock, long seconds) {
    return new Calibration(
        job.run,
        TinyJob.CONFIG,
        new Machine(1, 1L << 30),
        () -> clock.getAndAdd(seconds * 1_000_000_000L));
  }

  /** By a clock that stands a second further at each look: every pass and update takes a second. */
  @Test
  void theSpeedIsThatOfAStepWithAllItsPasses(@TempDir Path root) {
    var job = new TinyJob(root, 2, 3, 5);
    var clock = new AtomicLong();
    var calibration = calibration(job, clock, 1);
    var speed = calibration.measure().orElseThrow();
    // 8 sequences of 16 tokens: two passes of 2 ranks x 2 sequences, and an update.
    assertThat(speed.tokensPerSecond()).isCloseTo(8 * 16 / 3.0, withinPercentage(0.1));
    assertThat(speed.basis()).contains("timed here", "of 2 layers");
    assertThat(calibration.room().usableBytes()).isEqualTo(1L << 29);
  }

  /** By the same clock, but of minutes: one step of each model has to do. */
  @Test
  void aSlowMachineIsNotHeldLong(@TempDir Path root) {
    var job = new TinyJob(root, 1, 1, 5);
    var clock = new AtomicLong();
    var calibration = calibration(job, clock, 60);
    assertThat(calibration.measure()).isPresent();
    assertThat(clock.get()).isEqualTo(2 * 3 * 60_000_000_000L);
  }

  @Test
  void aModelMuchTooLargeForProcessorsIsNotTimed(@TempDir Path root) {
    var job = new TinyJob(root, 1, 1, 5);
    var large = new HashMap<>(TinyJob.CONFIG);
    large.putAll(Map.of("hidden_size", 65536, "intermediate_size", 262144));
    var calibration =
        new Calibration(
            job.run,
            large,
            new Machine(1, 1L << 30),
            () -> {
              throw new AssertionError("nothing is timed");
            });
    assertThat(calibration.measure()).isEmpty();
  }
}
