package dev.keizoku.corpus.dedup;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Finds documents that say the same as another one. */
public final class ExactDuplicates {
  /** Why such a document is dropped. */
  public static final String REASON = "exactDuplicate";

  private ExactDuplicates() {}

  /**
   * The documents to drop: of those with one key all but the first in {@code order}.
   *
   * @param order total over the documents, without regard to when they were read
   */
  public static <T> Set<T> find(
      Collection<T> documents, Function<T, DuplicateKey> key, Comparator<T> order) {
    var first = new HashMap<DuplicateKey, T>();
    for (var document : documents) {
      first.merge(key.apply(document), document, (a, b) -> order.compare(a, b) <= 0 ? a : b);
    }
    var duplicates = new HashSet<T>();
    for (var document : documents) {
      if (first.get(key.apply(document)) != document) {
        duplicates.add(document);
      }
    }
    return duplicates;
  }
}
