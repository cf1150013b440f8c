package dev.keizoku.corpus.read.pdf;

import java.util.ArrayList;
import java.util.List;

/** Glyphs that stand side by side without a gap: a line of a column, or a cell of a table. */
final class Segment {
  /** A gap so many times the size of a glyph is a space. */
  private static final float SPACE = 0.25f;

  private static final float SPACE_OF_WIDE = 0.5f;
  private static final float SPACE_OF_DIGITS = 0.35f;

  private final List<Glyph> glyphs = new ArrayList<>();
  private float right;
  private float top;
  private float bottom;

  Segment(Glyph first) {
    glyphs.add(first);
    right = first.right();
    top = first.top();
    bottom = first.bottom();
  }

  /** Adds a glyph that is not before any other. */
  void add(Glyph glyph) {
    glyphs.add(glyph);
    right = Math.max(right, glyph.right());
    if (glyph.size() > bottom - top) {
      top = glyph.top();
      bottom = glyph.bottom();
    }
  }

  float left() {
    return glyphs.getFirst().left();
  }

  float right() {
    return right;
  }

  float top() {
    return top;
  }

  float bottom() {
    return bottom;
  }

  float width() {
    return right - left();
  }

  /** Height of its tallest glyph. */
  float size() {
    return bottom - top;
  }

  float middle() {
    return (left() + right) / 2;
  }

  /** Puts a text behind the last glyph whose middle is before a place. */
  void append(float end, String text) {
    int last = 0;
    while (last + 1 < glyphs.size() && glyphs.get(last + 1).middle() <= end) {
      last++;
    }
    glyphs.set(last, glyphs.get(last).with(glyphs.get(last).text() + text));
  }

  long digits() {
    return glyphs.stream().filter(Glyph::isDigit).count();
  }

  int characters() {
    return glyphs.size();
  }

  /** Whether both are parts of one line: half of the lower one is beside the other. */
  boolean isBeside(float otherTop, float otherBottom) {
    float both = Math.min(bottom, otherBottom) - Math.max(top, otherTop);
    return both >= Math.min(bottom - top, otherBottom - otherTop) / 2;
  }

  String text() {
    var out = new StringBuilder();
    Glyph before = null;
    for (var glyph : glyphs) {
      if (before != null && isSpace(before, glyph)) {
        out.append(' ');
      }
      out.append(glyph.text());
      before = glyph;
    }
    return out.toString();
  }

  private static boolean isSpace(Glyph before, Glyph after) {
    float gap = (after.left() - before.right()) / Math.min(before.size(), after.size());
    if (before.isWide() && after.isWide()) {
      return gap >= SPACE_OF_WIDE || after.spaced() && gap >= SPACE;
    }
    if (before.isDigit() && after.isDigit()) {
      return gap >= SPACE_OF_DIGITS || after.spaced() && gap >= 0;
    }
    return gap >= SPACE || after.spaced() && gap >= 0;
  }
}
