package dev.keizoku.corpus.read.pdf;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Takes the glyphs of pages out of a PDF, without those that only make others look bold. */
final class PageGlyphs extends PDFTextStripper {
  /** How much of a glyph is above its base line. */
  private static final float ASCENT = 0.88f;

  private static final float LEAST_WIDTH = 0.1f;

  private final TreeMap<Integer, List<Glyph>> byDirection = new TreeMap<>();
  private boolean blank;

  PageGlyphs() throws IOException {
    setShouldSeparateByBeads(false);
  }

  /**
   * The glyphs of a page as they are painted, a list for each direction of writing, the one with
   * most in front.
   *
   * @param number from 1
   */
  List<List<Glyph>> of(PDDocument pdf, int number) throws IOException {
    byDirection.clear();
    blank = false;
    setStartPage(number);
    setEndPage(number);
    getText(pdf);
    return byDirection.values().stream()
        .sorted((a, b) -> Integer.compare(b.size(), a.size()))
        .toList();
  }

  @Override
  protected void writePage() {
    for (var article : getCharactersByArticle()) {
      article.forEach(this::take);
    }
  }

  private void take(TextPosition position) {
    var text = position.getUnicode();
    if (text == null || text.isBlank() || text.equals("\u00a0")) {
      blank = true;
      return;
    }
    float size = Math.max(position.getTextMatrix().getScalingFactorY(), 1);
    float width = position.getWidthDirAdj();
    // A font for writing downwards has no width of its own.
    width = width < LEAST_WIDTH * size ? size : width;
    float left = position.getXDirAdj();
    float top = position.getYDirAdj() - ASCENT * size;
    byDirection
        .computeIfAbsent(Math.round(position.getDir()), direction -> new ArrayList<>())
        .add(new Glyph(plain(text), left, left + width, top, top + size, blank));
    blank = false;
  }

  /** Ligatures and the forms of punctuation for lines that run downwards as usual characters. */
  private static String plain(String text) {
    char first = text.charAt(0);
    boolean form =
        first >= 0xFB00 && first <= 0xFDFF
            || first >= 0xFE10 && first <= 0xFE4F
            || first >= 0xFE70 && first <= 0xFEFE;
    return form ? Normalizer.normalize(text, Normalizer.Form.NFKC) : text;
  }
}
