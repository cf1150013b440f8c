package dev.keizoku.tokenizer.bytelevel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The merges of a byte pair encoding: of the neighbours in a piece those of the lowest rank are
 * joined, the leftmost first, until none can be. An open hash table of pairs, at most half full, 16
 * bytes a place.
 */
final class Merges {
  private static final int NONE = Integer.MAX_VALUE;

  private final int[] ofByte = new int[256];
  private final long[] pairs;
  private final int[] ranks;
  private final int[] joined;

  /** Tokens that are taken whole, whatever the merges say; empty unless the model says so. */
  private final Map<String, Integer> whole = new HashMap<>();

  private Merges(int merges) {
    int places = Integer.highestOneBit(Math.max(8, merges)) * 4;
    pairs = new long[places];
    ranks = new int[places];
    joined = new int[places];
    Arrays.fill(ranks, NONE);
  }

  /**
   * The merges of a model.
   *
   * @param model of {@code tokenizer.json}
   * @return empty where a byte or the result of a merge is no token
   */
  static Optional<Merges> of(JsonNode model) {
    var vocabulary = new HashMap<String, Integer>();
    model.path("vocab").properties().forEach(e -> vocabulary.put(e.getKey(), e.getValue().asInt()));
    var merges = new Merges(model.path("merges").size());
    for (int b = 0; b < merges.ofByte.length; b++) {
      var id = vocabulary.get(ByteLetters.of((byte) b));
      if (id == null) {
        return Optional.empty();
      }
      merges.ofByte[b] = id;
    }
    int rank = 0;
    for (var merge : model.path("merges")) {
      if (!merges.add(MergeRule.of(merge), rank++, vocabulary)) {
        return Optional.empty();
      }
    }
    if (model.path("ignore_merges").asBoolean()) {
      merges.whole.putAll(vocabulary);
    }
    return Optional.of(merges);
  }

  private boolean add(MergeRule rule, int rank, Map<String, Integer> vocabulary) {
    var first = vocabulary.get(rule.first());
    var second = vocabulary.get(rule.second());
    var both = vocabulary.get(rule.first() + rule.second());
    if (first == null || second == null || both == null) {
      return false;
    }
    int place = place(first, second);
    pairs[place] = pair(first, second);
    ranks[place] = rank;
    joined[place] = both;
    return true;
  }

  private static long pair(int first, int second) {
    return (long) first << 32 | second;
  }

  private int place(int first, int second) {
    long pair = pair(first, second);
    int place = (int) (pair * 0x9E37_79B9_7F4A_7C15L >>> 33) & pairs.length - 1;
    while (ranks[place] != NONE && pairs[place] != pair) {
      place = place + 1 & pairs.length - 1;
    }
    return place;
  }

  /** The ids of a piece. The time is that of its length squared. */
  int[] ids(byte... piece) {
    if (!whole.isEmpty()) {
      var id = whole.get(ByteLetters.of(piece));
      if (id != null) {
        return new int[] {id};
      }
    }
    var ids = new int[piece.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ofByte[piece[i] & 0xff];
    }
    var places = new int[piece.length];
    for (int i = 0; i + 1 < ids.length; i++) {
      places[i] = place(ids[i], ids[i + 1]);
    }
    return Arrays.copyOf(ids, join(ids, places));
  }

  /**
   * @param places of each token and the next one
   * @return how many tokens are left
   */
  private int join(int[] ids, int[] places) {
    int count = ids.length;
    for (int at = lowest(places, count); at >= 0; at = lowest(places, count)) {
      ids[at] = joined[places[at]];
      count--;
      System.arraycopy(ids, at + 2, ids, at + 1, count - at - 1);
      System.arraycopy(places, at + 2, places, at + 1, Math.max(0, count - at - 2));
      if (at > 0) {
        places[at - 1] = place(ids[at - 1], ids[at]);
      }
      if (at + 1 < count) {
        places[at] = place(ids[at], ids[at + 1]);
      }
    }
    return count;
  }

  private int lowest(int[] places, int count) {
    int lowest = NONE;
    int at = -1;
    for (int i = 0; i + 1 < count; i++) {
      if (ranks[places[i]] < lowest) {
        lowest = ranks[places[i]];
        at = i;
      }
    }
    return at;
  }
}
