package dev.keizoku.corpus.dedup;

import dev.keizoku.contract.bytes.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What two documents share when they say the same: the hash of what {@link ComparedText} leaves.
 * Width, case, white space and ordinary punctuation do not count; numbers do with their signs and
 * marks, they are the content of financial text.
 *
 * @param high first half of 128 bits
 * @param low second half
 */
public record DuplicateKey(long high, long low) {

  /** The key of a text. */
  public static DuplicateKey of(String text) {
    return ofCompared(ComparedText.of(text));
  }

  /** The key of what {@link ComparedText} left of a text. */
  static DuplicateKey ofCompared(String compared) {
    var digest = Digests.sha256().digest(compared.getBytes(StandardCharsets.UTF_8));
    var bytes = ByteBuffer.wrap(digest);
    return new DuplicateKey(bytes.getLong(), bytes.getLong());
  }
}
