package dev.keizoku.corpus.dedup;

import dev.keizoku.storage.tokens.DocumentKeys;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of documents of other versions, 8 bytes each. Filled first, then asked. */
public final class KeySet {
  private long[] keys = new long[0];

  /** Adds the keys of a file, {@value DocumentKeys#BYTES} bytes each. */
  public void addAll(byte[] file) {
    int size = keys.length;
    keys = Arrays.copyOf(keys, size + file.length / DocumentKeys.BYTES);
    var in = ByteBuffer.wrap(file);
    for (int i = size; i < keys.length; i++) {
      keys[i] = in.getLong();
      in.getLong();
    }
    Arrays.sort(keys);
  }

  /** Whether a document of that key was among them. */
  public boolean contains(DuplicateKey key) {
    return Arrays.binarySearch(keys, key.high()) >= 0;
  }
}
