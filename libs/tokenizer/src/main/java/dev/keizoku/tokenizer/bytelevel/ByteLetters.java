package dev.keizoku.tokenizer.bytelevel;

/**
 * The letter that stands for each byte in the vocabulary of a byte-level tokenizer: printable ones
 * for themselves, the others from U+0100 on. Source: GPT-2, {@code bytes_to_unicode}.
 */
public final class ByteLetters {
  private static final char[] LETTERS = letters();

  private ByteLetters() {}

  /** The letters of bytes. */
  public static String of(byte... bytes) {
    var word = new char[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      word[i] = LETTERS[bytes[i] & 0xff];
    }
    return new String(word);
  }

  private static char[] letters() {
    var letters = new char[256];
    char other = 256;
    for (int b = 0; b < letters.length; b++) {
      boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b <= 0xac || b >= 0xae;
      letters[b] = printable ? (char) b : other++;
    }
    return letters;
  }
}
