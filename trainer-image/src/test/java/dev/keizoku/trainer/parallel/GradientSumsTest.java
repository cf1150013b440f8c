package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.trainer.data.PackedSequence;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token that comes a thousand times: summed in bf16 its gradient would stop growing early. */
class GradientSumsTest {
  private static final int LENGTH = 1024;

  private static double norm(int ranks, int stage, Precision precision) {
    var tokens = new int[LENGTH];
    var targets = new int[LENGTH];
    Arrays.fill(tokens, 7);
    Arrays.fill(targets, 9);
    var sequence = new PackedSequence(tokens, targets, List.of(new Segment(0, LENGTH)), 0);
    var run = TinyRun.run(ranks, stage, false, precision, 1);
    try (var trainer = TinyRun.startCopying(TinyRun.model(false), run)) {
      trainer.gradients(Collections.nCopies(ranks, sequence));
      trainer.update(1e-2, 1);
      // The first moment is a tenth of the first gradient.
      var squares = 0.0;
      for (var rank = 0; rank < trainer.stateHolders(); rank++) {
        for (var value : HostCopy.floats(trainer.state(rank).tensors(0).get(1))) {
          squares += value * value;
        }
      }
      return Math.sqrt(squares);
    }
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}")
  @CsvSource({"1,0", "2,1", "2,3"})
  void everyOneCounts(int ranks, int stage) {
    assertThat(norm(ranks, stage, Precision.BF16))
        .isCloseTo(norm(1, 0, Precision.FP32), withPercentage(2));
  }
}
