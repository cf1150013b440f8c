package dev.keizoku.corpus.versions;

import dev.keizoku.contract.fault.Reason;
import dev.keizoku.contract.fault.RunFault;
import dev.keizoku.corpus.dedup.DuplicateKey;
import dev.keizoku.storage.tokens.DocumentKeys;
import java.util.Arrays;

/** The keys of documents of other versions, 8 bytes each. Filled first, then asked. */
public final class KeySet {
  private static final int FIRST = 1024;

  /** What one array can hold. */
  private static final int MOST = Integer.MAX_VALUE - 8;

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
      keys = count == keys.length ? Arrays.copyOf(keys, moreThan(count)) : keys;
      keys[count++] = key.high();
    };
  }

  /** Room for more than so many keys. */
  static int moreThan(int keys) {
    if (keys >= MOST) {
      throw RunFault.userError(
          Reason.RUN_FILE_INVALID,
          ("The earlier versions have more than %d documents, which are not compared at once; name"
                  + " fewer in deduplication.against or heldOut.carriedFrom.")
              .formatted(MOST));
    }
    return (int) Math.min(MOST, 2L * keys);
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
