package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.model.CausalLm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bytes that each rank really holds, against the formulas of ZeRO (Rajbhandari et al. 2020, section
 * 3). Gradients are summed in fp32 here, so they take 4 bytes a parameter in bf16 too.
 */
class ZeroMemoryTest {
  private static final CausalLm MODEL = TinyRun.measuredModel();

  @ParameterizedTest
  @CsvSource({
    "4,0,FP32", "4,1,FP32", "4,2,FP32", "4,3,FP32", "1,1,FP32",
    "4,0,BF16", "4,1,BF16", "4,2,BF16", "4,3,BF16", "2,3,BF16"
  })
  void everyRankHoldsWhatTheFormulaSays(int ranks, int stage, Precision precision) {
    var parameters = MODEL.config().parameters();
    var half = precision == Precision.BF16;
    var parameterBytes = (half ? 2.0 : 4.0) * parameters / (stage >= 3 ? ranks : 1);
    var gradientBytes = 4.0 * parameters / (stage >= 2 ? ranks : 1);
    var optimizerBytes = (half ? 12.0 : 8.0) * parameters / (stage >= 1 ? ranks : 1);
    var run = TinyRun.run(ranks, stage, false, precision, 1);
    try (var trainer = TinyRun.startCopying(MODEL, run)) {
      for (var use : trainer.memoryUse()) {
        assertThat((double) use.parameters()).isCloseTo(parameterBytes, withPercentage(5));
        assertThat((double) use.gradients()).isCloseTo(gradientBytes, withPercentage(5));
        assertThat((double) use.optimizer()).isCloseTo(optimizerBytes, withPercentage(5));
        // All that is allocated between steps is accounted for.
        assertThat((double) use.held())
            .isCloseTo(use.parameters() + use.gradients() + use.optimizer(), withPercentage(1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4,1,FP32", "4,2,FP32", "4,3,FP32", "2,1,BF16", "2,2,BF16", "2,3,BF16"})
  void ranksInOneMemoryHoldOneCopyTogether(int ranks, int stage, Precision precision) {
    var bytes = precision == Precision.BF16 ? 2 + 4 + 12 : 4 + 4 + 8;
    try (var trainer = TinyRun.start(MODEL, TinyRun.run(ranks, stage, false, precision, 1))) {
      var held = trainer.memoryUse().stream().mapToLong(MemoryUse::held).sum();
      assertThat((double) held)
          .isCloseTo((double) bytes * MODEL.config().parameters(), withPercentage(5));
    }
  }
}
