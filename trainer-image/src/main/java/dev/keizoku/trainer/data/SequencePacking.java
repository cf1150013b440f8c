package dev.keizoku.trainer.data;

import dev.keizoku.contract.train.TrainRun;
import java.util.function.Supplier;

/**
 * How the documents of a corpus become sequences.
 *
 * @param length of a sequence, in tokens
 * @param style what shares one
 */
public record SequencePacking(int length, Style style) {

  /** What shares a sequence. */
  public enum Style {
    /** Documents end to end, cut where a sequence is full; each sees itself alone. */
    WRAPPED,
    /** The same, and the documents of a sequence see each other. */
    CROSSING,
    /** Whole documents that fill a sequence best; each sees itself alone. */
    BEST_FIT
  }

  /** What a run asks for. */
  public static SequencePacking of(TrainRun run) {
    var packing = run.packing();
    var style =
        packing.bestFit()
            ? Style.BEST_FIT
            : packing.crossDocuments() ? Style.CROSSING : Style.WRAPPED;
    return new SequencePacking(run.training().sequenceLength(), style);
  }

  /**
   * The size of a corpus.
   *
   * @param name of the corpus
   * @param tokens that are trained on
   * @param lengths tokens of each document, 0 of one that is left out; asked for only where
   *     documents are fitted
   * @param weight relative sampling weight; null for every corpus: by their sizes
   */
  public EpochLength.Size size(String name, long tokens, Supplier<int[]> lengths, Double weight) {
    if (style != Style.BEST_FIT) {
      return new EpochLength.Size(name, tokens, tokens / length, length, weight);
    }
    var sequences = new BestFit(lengths.get(), length).windows();
    return new EpochLength.Size(name, tokens, sequences, (double) tokens / sequences, weight);
  }
}
