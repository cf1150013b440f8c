package dev.keizoku.corpus.dedup;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of documents of other versions, 8 bytes each. Filled first, then asked. */
public final class KeySet {
  /** Bytes of a key in a file. */
  public static final int KEY_BYTES = 16;

  private long[] keys = new long[0];

  /** Adds the keys of a file, {@value #KEY_BYTES} bytes each. */
  public void addAll(byte[] file) {
    int size = keys.length;
    keys = Arrays.copyOf(keys, size + file.length / KEY_BYTES);
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
