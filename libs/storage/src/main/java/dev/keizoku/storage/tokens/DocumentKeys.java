package dev.keizoku.storage.tokens;

import dev.keizoku.storage.artifact.Manifest;
import java.nio.ByteBuffer;

/**
 * {@code split/train.keys} and {@code split/heldout.keys}: what the documents of a split say, 128
 * bits a document in the order of the split. Documents that say the same, in whatever corpus, have
 * one key. A file is read as it comes, since that of 134 million documents fits no array.
 */
public final class DocumentKeys implements Manifest.Sink {
  /** Where those of the training split lie in a version. */
  public static final String TRAIN = "split/train.keys";

  /** Where those of the held-out split do. */
  public static final String HELD_OUT = "split/heldout.keys";

  /** Bytes of a key in a file. */
  public static final int BYTES = 16;

  private final Sink sink;
  private final ByteBuffer key = ByteBuffer.allocate(BYTES);
  private int document;

  /**
   * @param high first 64 bits
   * @param low the others
   */
  public record Key(long high, long low) {}

  /** Takes keys as they come. What was given may be believed once all were. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a key.
     *
     * @param document its number in the split; from 0 again when the file is read once more, and
     *     then what was given before is void
     */
    void accept(int document, Key key);
  }

  DocumentKeys(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(long at, byte[] bytes, int count) {
    if (at == 0) {
      document = 0;
      key.clear();
    }
    for (var done = 0; done < count; ) {
      var part = Math.min(key.remaining(), count - done);
      key.put(bytes, done, part);
      done += part;
      if (!key.hasRemaining()) {
        sink.accept(document++, new Key(key.getLong(0), key.getLong(Long.BYTES)));
        key.clear();
      }
    }
  }
}
