package dev.keizoku.storage.tokens;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The documents of a split, numbered through its shards, with random access. Reading is safe from
 * many threads until it is closed.
 */
public final class TokenDocuments implements AutoCloseable {
  private final List<TokenShardReader> shards;
  private final List<ShardFiles> files;
  private final int[] firstDocument;
  private final long[] firstToken;

  private TokenDocuments(List<TokenShardReader> shards, List<ShardFiles> files) {
    this.shards = shards;
    this.files = files;
    firstDocument = new int[shards.size() + 1];
    firstToken = new long[shards.size() + 1];
    for (int i = 0; i < shards.size(); i++) {
      firstDocument[i + 1] = Math.addExact(firstDocument[i], shards.get(i).documents());
      firstToken[i + 1] = firstToken[i] + shards.get(i).tokens();
    }
  }

  /** A shard on the local disk; {@code ids} is null where its documents have none. */
  record ShardFiles(Path bin, Path idx, Path ids) {}

  /** Opens local shards. */
  static TokenDocuments open(List<ShardFiles> files) {
    var shards = new ArrayList<TokenShardReader>();
    for (var shard : files) {
      shards.add(new TokenShardReader(shard.bin(), shard.idx()));
    }
    return new TokenDocuments(List.copyOf(shards), List.copyOf(files));
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

  /** A document's id, 64 hex characters; empty in corpora whose shards name none. */
  public Optional<String> id(int document) {
    int shard = shardOf(document);
    var ids = files.get(shard).ids();
    if (ids == null) {
      return Optional.empty();
    }
    try (var file = new RandomAccessFile(ids.toFile(), "r")) {
      var id = new byte[TokenShardWriter.DOCUMENT_ID_BYTES];
      file.seek((long) (document - firstDocument[shard]) * id.length);
      file.readFully(id);
      return Optional.of(HexFormat.of().formatHex(id));
    } catch (IOException e) {
      throw RunFault.tryAgain(
          Reason.SCRATCH_FAILED, "Cannot read " + ids + ": " + e.getMessage(), e);
    }
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
    Objects.checkFromIndexSize(from, count, reader.length(local));
    reader.copy(reader.start(local) + from, into, at, count);
  }

  @Override
  public void close() {
    shards.forEach(TokenShardReader::close);
  }
}
