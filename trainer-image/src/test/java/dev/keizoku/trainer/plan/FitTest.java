package dev.keizoku.trainer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.trainer.plan.memory.PlannedModels;
import dev.keizoku.trainer.plan.memory.Samples;
import dev.keizoku.trainer.plan.memory.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {
  private static final long GIB = 1L << 30;

  /** nekomata-14b on 4 devices asked for with stage 0, micro-batch 6 and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "1000, 0, 6, false, false", // all fits as asked
    "150,  2, 3, false, false",
    "112,  2, 2, false, false",
    "79,   3, 1, false, false",
    "72,   3, 3, true,  false",
    "67,   3, 1, true,  false",
    "40,   3, 1, false, true",
    "36,   3, 6, true,  true",
  })
  void theFastestSettingThatFits(
      long gib, int stage, int microBatch, boolean recompute, boolean offload) {
    var fit = new Fit(PlannedModels.nekomata14b(), 24, gib * GIB);
    var asked = new Setting(4, 0, 6, 2048, false, false, Precision.BF16, false, Samples.NONE);
    assertThat(fit.propose(asked))
        .contains(
            new Setting(
                4,
                stage,
                microBatch,
                2048,
                recompute,
                offload,
                Precision.BF16,
                false,
                Samples.NONE));
  }

  @Test
  void everyProposalFits() {
    var layout = PlannedModels.nekomata14b();
    var asked = new Setting(4, 0, 6, 2048, false, false, Precision.BF16, false, Samples.NONE);
    for (long gib = 20; gib < 300; gib += 10) {
      var fit = new Fit(layout, 24, gib * GIB);
      fit.propose(asked).ifPresent(setting -> assertThat(fit.fits(setting)).isTrue());
    }
  }

  @Test
  void theGlobalBatchStaysDivisible() {
    var fit = new Fit(PlannedModels.nekomata14b(), 20, 68 * GIB);
    var proposed =
        fit.propose(new Setting(4, 3, 5, 2048, true, false, Precision.BF16, false, Samples.NONE));
    assertThat(proposed).hasValueSatisfying(s -> assertThat(s.microBatchSize()).isEqualTo(1));
  }

  @Test
  void whenNothingFitsMoreDevicesAreNamed() {
    var asked = PlannedModels.bf16(1, 3, 1);
    var fit = new Fit(PlannedModels.nekomata14b(), 24, 40 * GIB);
    assertThat(fit.propose(asked)).isEmpty();
    assertThat(fit.devices(asked)).hasValue(4);
    assertThat(new Fit(PlannedModels.nekomata14b(), 24, GIB).devices(asked)).isEmpty();
  }
}
