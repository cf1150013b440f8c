package dev.keizoku.corpus.dedup;

import dev.keizoku.contract.bytes.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What two documents share when they say the same: the hash of their letters and digits under NFKC
 * and lower case. White space, signs and widths do not count; numbers do, they are the content of
 * financial text.
 *
 * @param high first half of 128 bits
 * @param low second half
 */
public record DuplicateKey(long high, long low) {

  /** The key of a text. */
  public static DuplicateKey of(String text) {
    var folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    var letters = new StringBuilder(folded.length());
    folded.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
    var digest = Digests.sha256().digest(letters.toString().getBytes(StandardCharsets.UTF_8));
    var bytes = ByteBuffer.wrap(digest);
    return new DuplicateKey(bytes.getLong(), bytes.getLong());
  }
}
