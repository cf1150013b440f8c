package dev.keizoku.storage.tokens;

import java.nio.ByteBuffer;

/**
 * {@code split/train.keys} and {@code split/heldout.keys}: what the documents of a split say, 128
 * bits a document in the order of the split. Documents that say the same, in whatever corpus, have
 * one key.
 */
public final class DocumentKeys {
  /** Where those of the training split lie in a version. */
  public static final String TRAIN = "split/train.keys";

  /** Where those of the held-out split do. */
  public static final String HELD_OUT = "split/heldout.keys";

  /** Bytes of a key in a file. */
  public static final int BYTES = 16;

  private final ByteBuffer keys;

  /**
   * @param high first 64 bits
   * @param low the others
   */
  public record Key(long high, long low) {}

  DocumentKeys(byte[] file) {
    keys = ByteBuffer.wrap(file);
  }

  /** Number of documents. */
  public int documents() {
    return keys.capacity() / BYTES;
  }

  /** The key of a document, by its number in the split. */
  public Key key(int document) {
    return new Key(keys.getLong(document * BYTES), keys.getLong(document * BYTES + Long.BYTES));
  }
}
