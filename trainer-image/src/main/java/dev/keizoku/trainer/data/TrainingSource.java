package dev.keizoku.trainer.data;

import dev.keizoku.storage.tokens.TokenDocuments;
import java.util.List;

/** The endless stream of sequences of one corpus: every epoch in an order of its own. */
final class TrainingSource {
  private final TokenDocuments documents;
  private final int index;
  private final int length;
  private final boolean crossing;
  private final long seed;
  private final int windows;
  private long epoch = -1;
  private PackedEpoch packed;
  private int[] order;

  TrainingSource(TokenDocuments documents, int index, int length, boolean crossing, long seed) {
    this.documents = documents;
    this.index = index;
    this.length = length;
    this.crossing = crossing;
    this.seed = seed;
    this.windows = PackedEpoch.windows(documents.tokens(), length);
  }

  /** Sequences of one epoch. */
  int sequencesPerEpoch() {
    return windows;
  }

  /** The {@code draw}-th sequence ever, 0 or more. */
  PackedSequence sequence(long draw) {
    turnTo(draw / windows);
    return packed.window(order[(int) (draw % windows)], index);
  }

  /** Which documents the {@code draw}-th sequence has tokens of: {@code /id}, else {@code #row}. */
  List<String> documents(long draw) {
    turnTo(draw / windows);
    return packed.documents(order[(int) (draw % windows)]).stream()
        .map(document -> documents.id(document).map(id -> "/" + id).orElse("#" + document))
        .toList();
  }

  private void turnTo(long wanted) {
    if (wanted != epoch) {
      epoch = wanted;
      var documentOrder = Permutation.of(documents.documents(), seed, index, epoch, 1);
      packed = new PackedEpoch(documents, documentOrder, length, crossing);
      order = Permutation.of(windows, seed, index, epoch, 2);
    }
  }
}
