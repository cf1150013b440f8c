package dev.keizoku.storage.tokens;

import dev.keizoku.storage.ObjectUpload;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.artifact.ManifestFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Writes one shard, {@code <stem>.bin}, {@code <stem>.idx} and {@code <stem>.ids}, document after
 * document. Holds 36 bytes a document in memory. Not safe for use from many threads.
 */
public final class TokenShardWriter implements AutoCloseable {
  /** Bytes of a document's id. */
  static final int DOCUMENT_ID_BYTES = 32;

  private final ArtifactFolder folder;
  private final String stem;
  private final ObjectUpload tokens;
  private final ByteArrayOutputStream documentIds = new ByteArrayOutputStream();
  private int[] lengths = new int[1024];
  private int documents;
  private long total;

  /**
   * @param stem path below the folder without an extension, for instance {@code tokens/00000}
   */
  public TokenShardWriter(ArtifactFolder folder, String stem) {
    this.folder = folder;
    this.stem = stem;
    this.tokens = folder.create(stem + ".bin");
  }

  /**
   * Adds a document by its id; in one shard either all have one or none.
   *
   * @param ids its tokens, the end-of-text token included
   * @param documentId 64 hex characters
   */
  public void add(int[] ids, String documentId) {
    var bytes = HexFormat.of().parseHex(documentId);
    if (bytes.length != DOCUMENT_ID_BYTES) {
      throw new IllegalArgumentException(documentId + " does not have 64 characters");
    }
    documentIds.writeBytes(bytes);
    add(ids);
  }

  /**
   * Adds a document that has no id.
   *
   * @param ids its tokens, the end-of-text token included
   */
  public void add(int[] ids) {
    var bytes = ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ids);
    tokens.write(bytes.array());
    if (documents == lengths.length) {
      lengths = Arrays.copyOf(lengths, 2 * documents);
    }
    lengths[documents++] = ids.length;
    total += ids.length;
  }

  /** Tokens written so far. */
  public long tokens() {
    return total;
  }

  /** Makes the files visible and describes them. */
  public CorpusManifest.Shard commit() {
    var bin = folder.add(stem + ".bin", tokens.commit());
    ManifestFile idx =
        folder.put(stem + ".idx", new ShardIndex(Arrays.copyOf(lengths, documents)).bytes());
    return new CorpusManifest.Shard(documents, total, bin, idx, ids());
  }

  private ManifestFile ids() {
    if (documentIds.size() == 0) {
      return null;
    }
    if (documentIds.size() != documents * DOCUMENT_ID_BYTES) {
      throw new IllegalStateException("some documents of " + stem + " have no id");
    }
    return folder.put(stem + ".ids", documentIds.toByteArray());
  }

  @Override
  public void close() {
    tokens.close();
  }
}
