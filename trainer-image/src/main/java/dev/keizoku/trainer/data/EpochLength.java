package dev.keizoku.trainer.data;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long one pass over a run's corpora is. The plan, which knows only their manifests, and the
 * training, which has read them, ask the same.
 *
 * <p>Without weights the corpora are one: every sequence comes once an epoch. With weights their
 * share of the sequences is their share of the weights, and an epoch is one pass over the first.
 */
public final class EpochLength {
  private final List<String> names;
  private final long[] sequences;
  private final double[] lengths;
  private final double[] weights;
  private final boolean weighted;

  /**
   * A corpus by its size.
   *
   * @param name for the message
   * @param tokens that are trained on
   * @param sequences that they are packed into
   * @param tokensPerSequence in the mean
   * @param weight relative sampling weight; null for every corpus: by their sizes
   * @see SequencePacking#size
   */
  public record Size(
      String name, long tokens, long sequences, double tokensPerSequence, Double weight) {}

  private EpochLength(List<Size> corpora, double[] weights) {
    names = corpora.stream().map(Size::name).toList();
    sequences = corpora.stream().mapToLong(Size::sequences).toArray();
    lengths = corpora.stream().mapToDouble(Size::tokensPerSequence).toArray();
    weighted = corpora.stream().map(Size::weight).anyMatch(Objects::nonNull);
    this.weights = weights;
  }

  /**
   * Of corpora of these sizes.
   *
   * @param corpora at least one
   * @param length of a sequence, in tokens
   * @throws RunFault user error {@code CorpusTooSmall} when a corpus does not fill one sequence
   */
  public static EpochLength of(List<Size> corpora, int length) {
    corpora.forEach(corpus -> requireOne(corpus, length));
    var weights =
        corpora.stream()
            .mapToDouble(c -> c.weight() == null ? c.sequences() : c.weight())
            .toArray();
    return new EpochLength(corpora, weights);
  }

  private static void requireOne(Size corpus, int length) {
    if (corpus.sequences() == 0) {
      throw RunFault.userError(
          Reason.CORPUS_TOO_SMALL,
          "The corpus %s has %d tokens, less than one sequence of %d; shorten sequenceLength or add text."
              .formatted(corpus.name(), corpus.tokens(), length));
    }
  }

  /** Of each corpus what the mixture takes for its weight, above 0. */
  double[] weights() {
    return weights.clone();
  }

  /** Tokens of a sequence in the mean, whatever corpus it is from. */
  public double tokensPerSequence() {
    var sum = 0.0;
    for (var i = 0; i < weights.length; i++) {
      sum += weights[i] * lengths[i];
    }
    return sum / Arrays.stream(weights).sum();
  }

  /**
   * How often each corpus is seen, by name in the run's order: 1 is once from begin to end.
   *
   * @param trained sequences of the whole run
   */
  public Map<String, Double> passes(long trained) {
    var all = Arrays.stream(weights).sum();
    var passes = new LinkedHashMap<String, Double>();
    for (var i = 0; i < weights.length; i++) {
      passes.put(names.get(i), trained * weights[i] / all / sequences[i]);
    }
    return passes;
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
