package dev.keizoku.corpus.read.encoding;

import java.util.regex.Pattern;

/**
 * Tells text in half-width katakana, as banks' transfer files have it, from bytes of other
 * encodings: read as Shift_JIS, those are half-width katakana too, but in an order that nobody
 * writes.
 */
final class HalfWidthKana {
  private static final int LEAST = 6;

  private static final Pattern KANA = Pattern.compile("[\uFF66-\uFF9F]");

  /** A voiced mark behind what has no voiced sound, or a small kana or long mark behind nothing. */
  private static final Pattern NOT_WRITTEN =
      Pattern.compile("(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ|(?<![\uFF66-\uFF9F])[ｧ-ｰ]|[ｧ-ｮｰ]{2}|[｡､｢｣･]{2}");

  /** What stands beside katakana in such text. */
  private static final Pattern OTHER =
      Pattern.compile(
          "[^\\x20-\\x7E\\r\\n\\t\uFF61-\uFF9F\u3000-\u30FF\u4E00-\u9FFF\uFF01-\uFF5E]");

  private HalfWidthKana() {}

  static boolean isText(String text) {
    return KANA.matcher(text).results().limit(LEAST).count() == LEAST
        && !NOT_WRITTEN.matcher(text).find()
        && !OTHER.matcher(text).find();
  }
}
