package dev.keizoku.corpus.dedup;

import java.util.HashMap;
import java.util.List;
import java.util.function.Function;

/** Finds documents that say the same as another one. */
public final class ExactDuplicates {
  /** Why such a document is dropped. */
  public static final String REASON = "exactDuplicate";

  private ExactDuplicates() {}

  /**
   * For each document the first that has its key: its own position for those that stay.
   *
   * @param ranked those to be kept in front
   */
  public static <T> int[] originals(List<T> ranked, Function<T, DuplicateKey> key) {
    var first = new HashMap<DuplicateKey, Integer>();
    var originals = new int[ranked.size()];
    for (int i = 0; i < originals.length; i++) {
      var known = first.putIfAbsent(key.apply(ranked.get(i)), i);
      originals[i] = known == null ? i : known;
    }
    return originals;
  }
}
