package dev.keizoku.storage.tokens;

import dev.keizoku.storage.ArtifactFolder;
import dev.keizoku.storage.ManifestFile;
import dev.keizoku.storage.ObjectUpload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes one shard, {@code <stem>.bin} and {@code <stem>.idx}, document after document. Holds 4
 * bytes a document in memory. Not safe for use from many threads.
 */
public final class TokenShardWriter implements AutoCloseable {
  private final ArtifactFolder folder;
  private final String stem;
  private final ObjectUpload tokens;
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
   * Adds a document.
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

  /** Makes both files visible and describes them. */
  public CorpusManifest.Shard commit() {
    var bin = folder.add(stem + ".bin", tokens.commit());
    ManifestFile idx =
        folder.put(stem + ".idx", new ShardIndex(Arrays.copyOf(lengths, documents)).bytes());
    return new CorpusManifest.Shard(documents, total, bin, idx);
  }

  @Override
  public void close() {
    tokens.close();
  }
}
