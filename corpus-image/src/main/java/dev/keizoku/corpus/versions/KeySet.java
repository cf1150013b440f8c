package dev.keizoku.corpus.versions;

import dev.keizoku.corpus.dedup.DuplicateKey;
import dev.keizoku.storage.tokens.DocumentKeys;
import java.util.Arrays;

/** The keys of documents of other versions, 8 bytes each. Filled first, then asked. */
public final class KeySet {
  private static final int FIRST = 1024;

  private long[] keys = new long[FIRST];
  private int count;
  private boolean sorted;

  /** Takes the keys of one more file. */
  public DocumentKeys.Sink another() {
    int begin = count;
    sorted = false;
    return (document, key) -> {
      // A file that is read once more replaces what it gave before.
      count = begin + document;
      keys = count == keys.length ? Arrays.copyOf(keys, 2 * count) : keys;
      keys[count++] = key.high();
    };
  }

  /** Whether a document of that key was among them. */
  public boolean contains(DuplicateKey key) {
    if (!sorted) {
      Arrays.sort(keys, 0, count);
      sorted = true;
    }
    return Arrays.binarySearch(keys, 0, count, key.high()) >= 0;
  }
}
