package dev.keizoku.trainer.data;

import dev.keizoku.storage.tokens.TokenDocuments;

/** The endless stream of sequences of one corpus: every epoch in an order of its own. */
final class TrainingSource {
  private final TokenDocuments documents;
  private final int index;
  private final int length;
  private final long seed;
  private final int windows;
  private long epoch = -1;
  private PackedEpoch packed;
  private int[] order;

  TrainingSource(TokenDocuments documents, int index, int length, long seed) {
    this.documents = documents;
    this.index = index;
    this.length = length;
    this.seed = seed;
    this.windows = PackedEpoch.windows(documents.tokens(), length);
  }

  /** Sequences of one epoch. */
  int sequencesPerEpoch() {
    return windows;
  }

  /** The {@code draw}-th sequence ever, 0 or more. */
  PackedSequence sequence(long draw) {
    var wanted = draw / windows;
    if (wanted != epoch) {
      epoch = wanted;
      packed =
          new PackedEpoch(
              documents, Permutation.of(documents.documents(), seed, index, epoch, 1), length);
      order = Permutation.of(windows, seed, index, epoch, 2);
    }
    return packed.window(order[(int) (draw % windows)], index);
  }
}
