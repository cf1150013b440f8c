package dev.keizoku.llm.weights;

import dev.keizoku.llm.config.ParameterSpec;

/**
 * A start from nothing: matrices normal with mean 0, norms 1, biases 0. Every number is a function
 * of seed, parameter and index, so any part can be made anywhere.
 *
 * @param seed of the run
 * @param deviation of the normal distribution, {@code initializer_range}
 */
public record RandomWeights(long seed, double deviation) implements WeightSource {
  private static final int CHUNK = 1 << 18;

  @Override
  public void read(ParameterSpec parameter, long first, long count, Sink sink) {
    var stream = mix(seed ^ ((long) parameter.name().hashCode() << 32));
    for (long done = 0; done < count; done += CHUNK) {
      var values = new float[(int) Math.min(CHUNK, count - done)];
      for (var i = 0; i < values.length; i++) {
        values[i] = value(parameter, stream, first + done + i);
      }
      sink.accept(first + done, values);
    }
  }

  private float value(ParameterSpec parameter, long stream, long index) {
    if (!parameter.decayed()) {
      return parameter.isNorm() ? 1 : 0;
    }
    // Box and Muller, one pair of uniforms for each number.
    var u = uniform(mix(stream + 2 * index));
    var v = uniform(mix(stream + 2 * index + 1));
    return (float) (deviation * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
  }

  // 0 exclusive to 1 inclusive.
  private static double uniform(long bits) {
    return ((bits >>> 11) + 1) * 0x1p-53;
  }

  // SplitMix64.
  private static long mix(long value) {
    var z = value * 0x9e3779b97f4a7c15L + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
