package dev.keizoku.trainer.data;

import dev.keizoku.storage.tokens.TokenDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A held-out split whose perplexity is measured: all its documents in order, every token scored
 * once but the first of a document.
 *
 * @param name how it is called in reports
 * @param sequences full windows and a shorter last one
 */
public record HeldOutSet(String name, List<PackedSequence> sequences) {

  /** Packs a split into sequences of at most {@code length} tokens. */
  public static HeldOutSet of(String name, TokenDocuments documents, int length) {
    var order = IntStream.range(0, documents.documents()).toArray();
    // Never crossing, so that runs that differ in it can be compared.
    var packed = new PackedEpoch(documents, order, length, false);
    var sequences = new ArrayList<PackedSequence>();
    for (long first = 0; first < documents.tokens(); first += length) {
      sequences.add(packed.span(first, (int) Math.min(length, documents.tokens() - first), 0));
    }
    return new HeldOutSet(name, sequences);
  }

  /** Number of scored tokens. */
  public long scored() {
    return sequences.stream().mapToLong(PackedSequence::scored).sum();
  }
}
