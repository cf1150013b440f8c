package dev.keizoku.eval.request;

/**
 * Whitespace as Python's {@code str.rstrip} sees it. Java's own notions differ: {@link
 * Character#isWhitespace} leaves out the no-break spaces and U+0085.
 */
final class PythonWhitespace {
  private PythonWhitespace() {}

  /** Index after the last character that is not whitespace; 0 for a blank text. */
  static int trimmedEnd(String text) {
    int end = text.length();
    // All whitespace lies in the basic plane, so a char is a character here.
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean is(char c) {
    return (c >= 0x09 && c <= 0x0D)
        || (c >= 0x1C && c <= 0x20)
        || c == 0x85
        || Character.isSpaceChar(c);
  }
}
