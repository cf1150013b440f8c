package dev.keizoku.corpus.write;

import dev.keizoku.corpus.spool.DocumentEntry;
import dev.keizoku.storage.artifact.ArtifactFolder;
import dev.keizoku.storage.tokens.DocumentKeys;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * {@code split/train.keys} and {@code split/heldout.keys}: what the documents of a split say, 16
 * bytes a document in the order of the split. Later versions know by them what was held out and
 * what was there already.
 */
public final class SplitKeys {
  private static final int BUFFER = 1 << 16;

  private SplitKeys() {}

  /** Writes the keys of documents. */
  public static void write(ArtifactFolder folder, String path, List<DocumentEntry> documents)
      throws IOException {
    try (var upload = folder.create(path)) {
      var out = new BufferedOutputStream(upload, BUFFER);
      var bytes = ByteBuffer.allocate(DocumentKeys.BYTES);
      for (var entry : documents) {
        bytes.clear().putLong(entry.key().high()).putLong(entry.key().low());
        out.write(bytes.array());
      }
      out.flush();
      folder.add(path, upload.commit());
    }
  }
}
