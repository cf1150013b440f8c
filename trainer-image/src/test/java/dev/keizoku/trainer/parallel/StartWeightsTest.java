package dev.keizoku.trainer.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keizoku.contract.train.Training.Precision;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.weights.WeightSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many ranks keep the whole model, the base model is read once. */
class StartWeightsTest {

  /** What was asked of the weights that runs begin with. */
  private record Counted(AtomicLong elements) implements WeightSource {
    @Override
    public void read(ParameterSpec parameter, long first, long count, Sink sink) {
      elements.addAndGet(count);
      TinyRun.START.read(parameter, first, count, sink);
    }
  }

  @ParameterizedTest(name = "{0} ranks, stage {1}, {2}")
  @CsvSource({"1,0,FP32", "4,0,BF16", "4,1,FP32", "4,2,BF16", "2,3,BF16"})
  void eachElementIsReadOnce(int ranks, int stage, Precision precision) {
    var model = TinyRun.model(false);
    var counted = new Counted(new AtomicLong());
    try (var trainer =
        TinyRun.startCopying(model, TinyRun.run(ranks, stage, false, precision, 1))) {
      trainer.load(counted);
    }
    assertThat(counted.elements).hasValue(model.config().parameters());
  }

  @Test
  void whoGoesBackToTheStartForgetsWhatTheOptimizerSaw() {
    try (var trainer =
        TinyRun.start(TinyRun.model(false), TinyRun.run(2, 3, false, Precision.FP32, 1))) {
      var first = TinyRun.curve(trainer, 4);
      trainer.load(TinyRun.START);
      assertThat(TinyRun.curve(trainer, 4)).containsExactly(first);
    }
  }
}
