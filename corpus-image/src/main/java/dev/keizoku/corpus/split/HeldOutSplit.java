package dev.keizoku.corpus.split;

import dev.keizoku.contract.bytes.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Chooses whole documents by the hash of seed and id: one that was held out stays so when others
 * come or go, within the limit.
 *
 * @param fraction share of the documents, 0 to 0.5
 * @param maxDocuments upper limit
 * @param seed changes the choice
 */
public record HeldOutSplit(double fraction, int maxDocuments, long seed) {

  /**
   * The documents that are held out. Where a fraction is asked for and there are two documents or
   * more, it is at least one: training without any held-out text cannot be judged.
   *
   * @param documents all that are kept
   * @param id a document's id
   */
  public <T> Set<T> choose(Collection<T> documents, Function<T, String> id) {
    if (fraction <= 0 || maxDocuments <= 0 || documents.size() < 2) {
      return Set.of();
    }
    var below = new ArrayList<Ranked<T>>();
    Ranked<T> first = null;
    for (var document : documents) {
      var ranked = new Ranked<>(position(id.apply(document)), id.apply(document), document);
      first = first == null || ranked.compareTo(first) < 0 ? ranked : first;
      if (ranked.position < fraction) {
        below.add(ranked);
      }
    }
    if (below.isEmpty()) {
      return Set.of(first.document);
    }
    int limit = Math.min(maxDocuments, documents.size() - 1);
    return below.stream().sorted().limit(limit).map(Ranked::document).collect(Collectors.toSet());
  }

  /** Where a document falls in [0, 1). */
  private double position(String id) {
    var digest = Digests.sha256().digest((seed + ":" + id).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
  }

  private record Ranked<T>(double position, String id, T document)
      implements Comparable<Ranked<T>> {
    @Override
    public int compareTo(Ranked<T> other) {
      int byPosition = Double.compare(position, other.position);
      return byPosition != 0 ? byPosition : id.compareTo(other.id);
    }
  }
}
