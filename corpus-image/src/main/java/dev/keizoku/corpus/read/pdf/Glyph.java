package dev.keizoku.corpus.read.pdf;

/**
 * What a page shows at one place, in points from its upper left corner, y downwards.
 *
 * @param text one character, or a few that are set as one
 * @param left edge of its box
 * @param right edge of its box
 * @param top edge of its box, which is as high as its font's size
 * @param bottom edge of its box
 * @param spaced whether a blank is before it
 */
record Glyph(String text, float left, float right, float top, float bottom, boolean spaced) {

  /** From the radicals on nearly every character of the plane is as wide as an ideograph. */
  private static final char FIRST_WIDE = 0x2E80;

  float size() {
    return bottom - top;
  }

  float middle() {
    return (left + right) / 2;
  }

  /** Whether no space belongs beside it. */
  boolean isWide() {
    return text.charAt(0) >= FIRST_WIDE && !isDigit();
  }

  boolean isDigit() {
    return Character.isDigit(text.codePointAt(0));
  }

  /** The same place with another text. */
  Glyph with(String otherText) {
    return new Glyph(otherText, left, right, top, bottom, spaced);
  }

  /**
   * The same on the page turned so that lines that run downwards, the next one to the left, run as
   * lines across do.
   */
  Glyph turned() {
    return new Glyph(text, top, bottom, -right, -left, spaced);
  }
}
