package dev.keizoku.llm.weights;

import dev.keizoku.llm.config.ParameterSpec;
import java.util.function.LongConsumer;

/**
 * Weights that tell how many of them were read.
 *
 * @param source of the numbers
 * @param read called from whoever reads, with elements
 */
record CountedWeights(WeightSource source, LongConsumer read) implements WeightSource {
  @Override
  public void checkDigests(LongConsumer bytes) {
    source.checkDigests(bytes);
  }

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    source.read(
        parameter,
        first,
        count,
        (at, values) -> {
          sink.accept(at, values);
          read.accept(values.length);
        });
  }
}
