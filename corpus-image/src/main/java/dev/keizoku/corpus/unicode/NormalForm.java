package dev.keizoku.corpus.unicode;

import java.text.Normalizer;

/**
 * {@link Normalizer}, which looks at the few characters only that it may change: of Japanese text
 * one in ten or fewer. A plain character is what it is in NFC and NFKC and never joins the one
 * before it, so that text can be cut before it; the marks behind it may join it.
 */
public enum NormalForm {
  /** Composed. */
  NFC(Normalizer.Form.NFC) {
    @Override
    boolean isPlain(char c) {
      return isPlainInBoth(c) || c >= 0xFF01 && c <= 0xFFEE;
    }
  },
  /** Composed, and characters that are others in another shape as these others. */
  NFKC(Normalizer.Form.NFKC) {
    @Override
    boolean isPlain(char c) {
      return isPlainInBoth(c);
    }
  };

  private final Normalizer.Form form;

  NormalForm(Normalizer.Form form) {
    this.form = form;
  }

  abstract boolean isPlain(char c);

  /** ASCII, kana with and without sound marks, common ideographs and the brackets around them. */
  private static boolean isPlainInBoth(char c) {
    return c < 0x80
        || c >= 0x3041 && c <= 0x3096
        || c >= 0x30A1 && c <= 0x30FE
        || c >= 0x4E00 && c <= 0x9FFF
        || c >= 0x3001 && c <= 0x301B;
  }

  /** The text in this form. */
  public String of(String text) {
    if (end(text, 0, text.length(), true) == text.length()) {
      return text;
    }
    var out = new StringBuilder(text.length());
    append(text, 0, text.length(), out);
    return out.toString();
  }

  /** Appends a part of a text in this form. */
  public void append(String text, int from, int to, StringBuilder out) {
    for (int i = from; i < to; ) {
      int other = end(text, i, to, true);
      int begin = other > i && other < to ? other - 1 : other;
      out.append(text, i, begin);
      int end = end(text, other, to, false);
      if (begin < end) {
        out.append(Normalizer.normalize(text.substring(begin, end), form));
      }
      i = end;
    }
  }

  /** Where a run of characters that are plain, or of such that are not, ends. */
  private int end(String text, int from, int to, boolean plain) {
    int end = from;
    while (end < to && isPlain(text.charAt(end)) == plain) {
      end++;
    }
    return end;
  }
}
