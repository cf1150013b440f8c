package dev.keizoku.trainer.data;

import dev.keizoku.llm.model.Segment;
import dev.keizoku.storage.tokens.TokenDocuments;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * One pass over a corpus: its documents in some order as one stream of tokens, cut into windows of
 * equal length. The target of a window's last position may be the first token of the next window.
 */
final class PackedEpoch {
  private final TokenDocuments documents;
  private final int[] order;
  private final long[] starts;
  private final int length;

  /**
   * @param order of the documents
   * @param length of a window, in tokens
   */
  PackedEpoch(TokenDocuments documents, int[] order, int length) {
    this.documents = documents;
    this.order = order;
    this.length = length;
    starts = new long[order.length + 1];
    for (var i = 0; i < order.length; i++) {
      starts[i + 1] = starts[i] + documents.length(order[i]);
    }
  }

  /** Full windows in a pass over {@code tokens} tokens. */
  static int windows(long tokens, int length) {
    return Math.toIntExact(tokens / length);
  }

  /** Window {@code window}, 0 or more. */
  PackedSequence window(int window, int source) {
    return span((long) window * length, length, source);
  }

  /** {@code count} tokens from {@code first} on. */
  PackedSequence span(long first, int count, int source) {
    var tokens = new int[count];
    var targets = new int[count];
    var segments = new ArrayList<Segment>();
    var found = Arrays.binarySearch(starts, first);
    var document = found >= 0 ? found : -found - 2;
    for (var at = 0; at < count; document++) {
      var from = (int) (first + at - starts[document]);
      var inDocument = (int) (starts[document + 1] - starts[document]) - from;
      var taken = Math.min(inDocument, count - at);
      if (taken == 0) {
        continue;
      }
      documents.copy(order[document], from, tokens, at, taken);
      // The last token of a document has nothing to predict.
      var scored = Math.min(taken, inDocument - 1);
      documents.copy(order[document], from + 1, targets, at, scored);
      if (scored < taken) {
        targets[at + taken - 1] = -1;
      }
      segments.add(new Segment(at, taken));
      at += taken;
    }
    return new PackedSequence(tokens, targets, segments, source);
  }
}
