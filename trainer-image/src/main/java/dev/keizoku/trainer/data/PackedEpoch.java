package dev.keizoku.trainer.data;

import dev.keizoku.llm.model.attention.Segment;
import dev.keizoku.storage.tokens.TokenDocuments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One pass over a corpus: its documents in some order as one stream of tokens, cut into windows of
 * equal length. The target of a window's last position may be the first token of the next window.
 */
final class PackedEpoch {
  private final TokenDocuments documents;
  private final int[] order;
  private final long[] starts;
  private final int length;
  private final boolean crossing;

  /**
   * @param order of the documents
   * @param length of a window, in tokens
   * @param crossing whether a window is one stretch of text, whose documents see each other
   */
  PackedEpoch(TokenDocuments documents, int[] order, int length, boolean crossing) {
    this.documents = documents;
    this.order = order;
    this.length = length;
    this.crossing = crossing;
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
    return crossing
        ? stretch(first, count, source)
        : PackedSequence.apart(documents, parts(first, count), source);
  }

  private PackedSequence stretch(long first, int count, int source) {
    // One token more than goes in: the target of the last. The stream's very last has none.
    var stream = new int[(int) Math.min(count + 1L, starts[order.length] - first)];
    for (var part : parts(first, stream.length)) {
      documents.copy(part.document(), part.from(), stream, part.at(), part.taken());
    }
    var targets = Arrays.copyOfRange(stream, 1, count + 1);
    if (stream.length == count) {
      targets[count - 1] = -1;
    }
    var segments = List.of(new Segment(0, count));
    return new PackedSequence(Arrays.copyOf(stream, count), targets, segments, source);
  }

  /** The documents of which window {@code window} has tokens, by their number, in its order. */
  List<Integer> documents(int window) {
    return parts((long) window * length, length).stream().map(Part::document).toList();
  }

  private List<Part> parts(long first, int count) {
    var parts = new ArrayList<Part>();
    var found = Arrays.binarySearch(starts, first);
    var position = found >= 0 ? found : -found - 2;
    for (var at = 0; at < count; position++) {
      var from = (int) (first + at - starts[position]);
      var taken = (int) Math.min(starts[position + 1] - starts[position] - from, count - at);
      if (taken > 0) {
        parts.add(new Part(order[position], from, at, taken));
        at += taken;
      }
    }
    return parts;
  }
}
