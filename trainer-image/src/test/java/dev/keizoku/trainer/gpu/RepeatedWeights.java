package dev.keizoku.trainer.gpu;

import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.weights.WeightSource;
import java.util.Arrays;
import java.util.Random;

/** Random numbers, the same few over and over: there in seconds for a model of any size. */
final class RepeatedWeights implements WeightSource {
  private static final int NUMBERS = 1 << 20;
  private final float[] numbers = new float[NUMBERS];
  private final float[] ones = new float[NUMBERS];

  RepeatedWeights(double deviation) {
    var random = new Random(1);
    for (var i = 0; i < NUMBERS; i++) {
      numbers[i] = (float) (deviation * random.nextGaussian());
    }
    Arrays.fill(ones, 1);
  }

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    var source = parameter.isNorm() ? ones : numbers;
    for (long done = 0; done < count; done += NUMBERS) {
      var length = (int) Math.min(NUMBERS, count - done);
      sink.accept(first + done, length == NUMBERS ? source : Arrays.copyOf(source, length));
    }
  }
}
