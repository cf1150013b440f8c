package dev.keizoku.corpus.filter;

import java.lang.Character.UnicodeScript;

/** What a code point is, quickly for those that Japanese text is made of. */
final class Letters {
  private static final int FIRST_JAPANESE = 0x2E80;

  private Letters() {}

  /** Whether it is hiragana or katakana, the long vowel mark among them. */
  static boolean isKana(int c) {
    if (c >= 0x3041 && c <= 0x30FF) {
      // The long vowel mark belongs to both kana and so to no script.
      return c <= 0x3096 || c >= 0x309D && c <= 0x309F || c >= 0x30A1 && c <= 0x30FA || c >= 0x30FC;
    }
    return c >= FIRST_JAPANESE && Character.isLetter(c) && !isKanji(c) && hasKanaScript(c);
  }

  private static boolean hasKanaScript(int c) {
    var script = UnicodeScript.of(c);
    return script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
  }

  /** Whether it is a kanji, the mark of repetition among them. */
  static boolean isKanji(int c) {
    return c >= 0x4E00 && c <= 0x9FFF
        || c >= FIRST_JAPANESE && c < 0xAC00 && UnicodeScript.of(c) == UnicodeScript.HAN
        || c >= 0xF900 && UnicodeScript.of(c) == UnicodeScript.HAN;
  }

  /** Whether it is a sign that is neither letter, digit, punctuation nor unit of money. */
  static boolean isSymbol(int c) {
    int type = Character.getType(c);
    return type == Character.OTHER_SYMBOL
        || type == Character.MATH_SYMBOL
        || type == Character.MODIFIER_SYMBOL;
  }
}
