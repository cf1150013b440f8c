package dev.keizoku.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Documents in windows by best-fit decreasing: the longest first, each into the window that it
 * leaves the least room in, into a new one where none has room. A document that is longer than a
 * window fills windows of its own, and what is left of it is placed like a document. So nothing
 * that fits is cut and no token is left out; the last few windows are not full.
 *
 * <p>Depends on the lengths alone, so a plan counts the windows that training has. Source: Ding et
 * al. 2024, Fewer Truncations Improve Language Modeling, algorithm 1; {@code bfd} of Hugging Face's
 * TRL, which cuts the rest of longer documents off instead.
 */
final class BestFit {
  private static final int NONE = -1;

  private final int length;
  // Pieces of documents; the windows' ones lie side by side.
  private int[] documents;
  private int[] froms;
  private int[] lengths;
  private int[] firstPiece;

  /**
   * @param documentLengths tokens of each document; one of 0 is nowhere
   * @param length of a window, in tokens
   */
  BestFit(int[] documentLengths, int length) {
    this.length = length;
    cut(documentLengths);
    group(place(longestFirst()));
  }

  private void cut(int[] documentLengths) {
    var pieces =
        Math.toIntExact(
            Arrays.stream(documentLengths).mapToLong(n -> Math.ceilDiv(n, length)).sum());
    documents = new int[pieces];
    froms = new int[pieces];
    lengths = new int[pieces];
    var piece = 0;
    for (var document = 0; document < documentLengths.length; document++) {
      for (var from = 0; from < documentLengths[document]; from += length) {
        documents[piece] = document;
        froms[piece] = from;
        lengths[piece++] = Math.min(length, documentLengths[document] - from);
      }
    }
  }

  // Pieces by length, those of one length in their order.
  private int[] longestFirst() {
    var next = new int[length + 2];
    for (var n : lengths) {
      next[length - n + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    var order = new int[lengths.length];
    for (var piece = 0; piece < lengths.length; piece++) {
      order[next[length - lengths[piece]]++] = piece;
    }
    return order;
  }

  // The order and each piece's window. Of windows with equal room that which has had it longest is
  // filled, as in TRL.
  private List<int[]> place(int[] order) {
    var windowOf = new int[order.length];
    var rooms = new BitSet(length + 1);
    var first = new int[length + 1];
    var last = new int[length + 1];
    var after = new int[order.length];
    Arrays.fill(first, NONE);
    var windows = 0;
    for (var piece : order) {
      var room = rooms.nextSetBit(lengths[piece]);
      int window;
      if (room < 0) {
        window = windows++;
        room = length;
      } else {
        window = first[room];
        first[room] = after[window];
        rooms.set(room, first[room] != NONE);
      }
      windowOf[piece] = window;
      after[window] = NONE;
      var left = room - lengths[piece];
      if (first[left] == NONE) {
        first[left] = window;
      } else {
        after[last[left]] = window;
      }
      last[left] = window;
      rooms.set(left);
    }
    firstPiece = new int[windows + 1];
    return List.of(order, windowOf);
  }

  private void group(List<int[]> placed) {
    var order = placed.getFirst();
    var windowOf = placed.getLast();
    for (var window : windowOf) {
      firstPiece[window + 1]++;
    }
    Arrays.parallelPrefix(firstPiece, Integer::sum);
    var next = firstPiece.clone();
    var grouped = new int[order.length];
    for (var piece : order) {
      grouped[next[windowOf[piece]]++] = piece;
    }
    documents = Arrays.stream(grouped).map(piece -> documents[piece]).toArray();
    froms = Arrays.stream(grouped).map(piece -> froms[piece]).toArray();
    lengths = Arrays.stream(grouped).map(piece -> lengths[piece]).toArray();
  }

  /** Number of windows. */
  int windows() {
    return firstPiece.length - 1;
  }

  /** What is in a window, the longest first. */
  List<Part> parts(int window) {
    var parts = new ArrayList<Part>();
    var at = 0;
    for (var piece = firstPiece[window]; piece < firstPiece[window + 1]; piece++) {
      parts.add(new Part(documents[piece], froms[piece], at, lengths[piece]));
      at += lengths[piece];
    }
    return parts;
  }
}
