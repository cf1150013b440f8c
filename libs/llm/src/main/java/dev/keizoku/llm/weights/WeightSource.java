package dev.keizoku.llm.weights;

import dev.keizoku.llm.config.ModelLayout;
import dev.keizoku.llm.config.ParameterSpec;
import dev.keizoku.llm.config.ParameterUnit;
import dev.keizoku.llm.torch.HostCopy;
import dev.keizoku.llm.torch.Tensor;
import java.util.Map;
import java.util.function.LongConsumer;

/** Where parameters come from: a model's files, a checkpoint, or a random start. */
public interface WeightSource {

  /** Takes part of a parameter. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes numbers; the array is only lent.
     *
     * @param first index of the first in the parameter
     */
    void accept(long first, float[] values);
  }

  /**
   * Makes sure that what {@link #read} will give is what the source promises, where that takes
   * reading all of it; does nothing for sources that read what is checked already. Before weights
   * are loaded, not where only their shapes are looked at.
   *
   * @param read called as it goes on, with how many bytes were read since the last call
   * @throws dev.keizoku.contract.fault.RunFault "try again" {@code DigestMismatch}
   */
  default void checkDigests(LongConsumer read) {}

  /** Reads elements {@code first} to {@code first + count} of a parameter, in order, in parts. */
  void read(ParameterSpec parameter, long first, long count, Sink sink);

  /** Takes part of any parameter. */
  @FunctionalInterface
  interface AllSink {
    /**
     * Takes numbers; the array is only lent.
     *
     * @param first index of the first in the parameter
     */
    void accept(ParameterSpec parameter, long first, float[] values);
  }

  /**
   * Reads all numbers of a model, whose digests are checked as by {@link #checkDigests}. Parameters
   * come in any order, and where a digest was wrong at first, once more from the begin.
   *
   * @return SHA-256 of each file by its name, of files that were read whole for it; else empty
   */
  default Map<String, String> readAll(ModelLayout layout, AllSink sink) {
    checkDigests(bytes -> {});
    for (var unit : layout.units()) {
      for (var parameter : unit.parameters()) {
        read(
            parameter,
            0,
            parameter.elements(),
            (first, values) -> sink.accept(parameter, first, values));
      }
    }
    return Map.of();
  }

  /** The same weights; {@code read} is told how many elements came since the last call. */
  default WeightSource counting(LongConsumer read) {
    return new CountedWeights(this, read);
  }

  /**
   * Fills a slice of a unit's flat buffer.
   *
   * @param unit which parameters
   * @param start where the slice begins in the flat buffer
   * @param target contiguous, any float type; what lies beyond the unit's elements is left alone
   */
  default void fill(ParameterUnit unit, long start, Tensor target) {
    var end = start + target.elements();
    try (var scope = target.memory().scope()) {
      for (var parameter : unit.parameters()) {
        var from = Math.max(start, parameter.offset());
        var to = Math.min(end, parameter.offset() + parameter.elements());
        if (from < to) {
          read(
              parameter,
              from - parameter.offset(),
              to - from,
              (first, values) ->
                  HostCopy.write(target, parameter.offset() + first - start, values));
        }
      }
    }
  }
}
