package dev.keizoku.trainer.data;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How long one pass over a run's corpora is. The plan, which knows only their manifests, and the
 * training, which has read them, ask the same.
 *
 * <p>Without weights the corpora are one: every sequence comes once an epoch. With weights their
 * share of the sequences is their share of the weights, and an epoch is one pass over the first.
 */
public final class EpochLength {
  private final long[] sequences;
  private final double[] weights;
  private final boolean weighted;

  /**
   * A corpus by its size.
   *
   * @param name for the message
   * @param tokens of its training split
   * @param weight relative sampling weight; null for every corpus: by their sizes
   */
  public record Size(String name, long tokens, Double weight) {}

  private EpochLength(long[] sequences, double[] weights, boolean weighted) {
    this.sequences = sequences;
    this.weights = weights;
    this.weighted = weighted;
  }

  /**
   * Of corpora of these sizes.
   *
   * @param corpora at least one
   * @param length of a sequence, in tokens
   * @throws RunFault user error {@code CorpusTooSmall} when a corpus does not fill one sequence
   */
  public static EpochLength of(List<Size> corpora, int length) {
    var sequences = corpora.stream().mapToLong(corpus -> sequences(corpus, length)).toArray();
    var weighted = corpora.stream().map(Size::weight).anyMatch(Objects::nonNull);
    var weights = new double[sequences.length];
    for (var i = 0; i < weights.length; i++) {
      var weight = corpora.get(i).weight();
      weights[i] = weight == null ? sequences[i] : weight;
    }
    return new EpochLength(sequences, weights, weighted);
  }

  private static long sequences(Size corpus, int length) {
    var sequences = corpus.tokens() / length;
    if (sequences == 0) {
      throw RunFault.userError(
          Reason.CORPUS_TOO_SMALL,
          "The corpus %s has %d tokens, less than one sequence of %d; shorten sequenceLength or add text."
              .formatted(corpus.name(), corpus.tokens(), length));
    }
    return sequences;
  }

  /** Of each corpus what the mixture takes for its weight, above 0. */
  double[] weights() {
    return weights.clone();
  }

  /**
   * Steps of one epoch; not a whole number in general.
   *
   * @param batchSize sequences a step
   */
  public double steps(int batchSize) {
    // Exact where nothing is weighted: a step must not be lost to rounding.
    var all =
        weighted
            ? sequences[0] * Arrays.stream(weights).sum() / weights[0]
            : Arrays.stream(sequences).sum();
    return all / batchSize;
  }
}
