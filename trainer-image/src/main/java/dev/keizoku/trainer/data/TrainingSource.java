package dev.keizoku.trainer.data;

import dev.keizoku.trainer.data.SequencePacking.Style;
import dev.keizoku.trainer.data.TrainingData.Corpus;
import java.util.Arrays;
import java.util.List;

/** The endless stream of sequences of one corpus: every epoch in an order of its own. */
final class TrainingSource {
  private final Corpus corpus;
  private final int index;
  private final SequencePacking packing;
  private final long seed;
  private final int windows;
  // What is in each window, where that is the same in all epochs; else null.
  private final BestFit fitted;
  private long epoch = -1;
  private PackedEpoch packed;
  private int[] order;

  TrainingSource(Corpus corpus, int index, SequencePacking packing, long seed) {
    this.corpus = corpus;
    this.index = index;
    this.packing = packing;
    this.seed = seed;
    fitted =
        packing.style() == Style.BEST_FIT ? new BestFit(corpus.lengths(), packing.length()) : null;
    windows =
        fitted == null ? PackedEpoch.windows(corpus.tokens(), packing.length()) : fitted.windows();
  }

  /** The {@code draw}-th sequence ever, 0 or more. */
  PackedSequence sequence(long draw) {
    var window = window(draw);
    return fitted == null
        ? packed.window(window, index)
        : PackedSequence.apart(corpus.documents(), fitted.parts(window), index);
  }

  /** Which documents the {@code draw}-th sequence has tokens of: {@code /id}, else {@code #row}. */
  List<String> documents(long draw) {
    var window = window(draw);
    var numbers =
        fitted == null
            ? packed.documents(window)
            : fitted.parts(window).stream().map(Part::document).toList();
    return numbers.stream()
        .map(document -> corpus.documents().id(document).map(id -> "/" + id).orElse("#" + document))
        .toList();
  }

  private int window(long draw) {
    turnTo(draw / windows);
    return order[(int) (draw % windows)];
  }

  private void turnTo(long wanted) {
    if (wanted != epoch) {
      epoch = wanted;
      order = Permutation.of(windows, seed, index, epoch, 2);
      if (fitted == null) {
        packed =
            new PackedEpoch(
                corpus.documents(),
                shuffledDocuments(),
                packing.length(),
                packing.style() == Style.CROSSING);
      }
    }
  }

  private int[] shuffledDocuments() {
    var all = Permutation.of(corpus.documents().documents(), seed, index, epoch, 1);
    return Arrays.stream(all).filter(document -> !corpus.leftOut().get(document)).toArray();
  }
}
