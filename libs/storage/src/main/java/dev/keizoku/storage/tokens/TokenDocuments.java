package dev.keizoku.storage.tokens;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The documents of a split, numbered through its shards, with random access. Reading is safe from
 * many threads until it is closed.
 */
public final class TokenDocuments implements AutoCloseable {
  private final List<TokenShardReader> shards;
  private final int[] firstDocument;
  private final long[] firstToken;

  private TokenDocuments(List<TokenShardReader> shards) {
    this.shards = shards;
    firstDocument = new int[shards.size() + 1];
    firstToken = new long[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      firstDocument[i + 1] = Math.addExact(firstDocument[i], shards.get(i).documents());
      firstToken[i + 1] = firstToken[i] + shards.get(i).tokens();
    }
  }

  /** Opens local shards, each {@code {bin, idx}}. */
  static TokenDocuments open(List<Path[]> files) {
    var shards = new ArrayList<TokenShardReader>();
    for (var pair : files) {
      shards.add(new TokenShardReader(pair[0], pair[1]));
    }
    return new TokenDocuments(List.copyOf(shards));
  }

  /** Documents in all. */
  public int documents() {
    return firstDocument[shards.size()];
  }

  /** Tokens in all. */
  public long tokens() {
    return firstToken[shards.size()];
  }

  /** Tokens of a document, its end-of-text token included. */
  public int length(int document) {
    int shard = shardOf(document);
    return shards.get(shard).length(document - firstDocument[shard]);
  }

  /** A document's tokens; the last is the end-of-text token. */
  public int[] document(int document) {
    int shard = shardOf(document);
    return shards.get(shard).document(document - firstDocument[shard]);
  }

  private int shardOf(int document) {
    if (document < 0 || document >= documents()) {
      throw new IndexOutOfBoundsException("document " + document + " of " + documents());
    }
    int found = Arrays.binarySearch(firstDocument, document);
    if (found < 0) {
      return -found - 2;
    }
    // An empty shard shares its first number with the next one; the last of them has the document.
    while (firstDocument[found + 1] == document) {
      found++;
    }
    return found;
  }

  /**
   * Copies tokens of one document.
   *
   * @param from first token within the document
   */
  public void copy(int document, int from, int[] into, int at, int count) {
    int shard = shardOf(document);
    var reader = shards.get(shard);
    int local = document - firstDocument[shard];
    java.util.Objects.checkFromIndexSize(from, count, reader.length(local));
    reader.copy(reader.start(local) + from, into, at, count);
  }

  @Override
  public void close() {
    shards.forEach(TokenShardReader::close);
  }
}
