package dev.keizoku.corpus.filter;

/**
 * What the rules ask of a text, counted in one pass.
 *
 * @param characters Unicode code points
 * @param letters code points that are letters of any script
 * @param japanese letters that are hiragana, katakana or kanji, with the marks ー and 々
 * @param broken code points that stand for lost characters: U+FFFD and the private use area
 */
public record TextTraits(int characters, int letters, int japanese, int broken) {

  /** Counts a cleaned text. */
  public static TextTraits of(String text) {
    int characters = 0;
    int letters = 0;
    int japanese = 0;
    int broken = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      characters++;
      if (Character.isLetter(c)) {
        letters++;
        japanese += isJapanese(c) ? 1 : 0;
      } else if (c == 0xFFFD || Character.getType(c) == Character.PRIVATE_USE) {
        broken++;
      }
    }
    return new TextTraits(characters, letters, japanese, broken);
  }

  private static boolean isJapanese(int c) {
    if (c == 'ー') {
      // The long vowel mark belongs to both kana and so to no script.
      return true;
    }
    var script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA
        || script == Character.UnicodeScript.HAN;
  }

  /** Japanese letters among all letters, 0 to 1; 0 for a text without letters. */
  public double japaneseRatio() {
    return letters == 0 ? 0 : (double) japanese / letters;
  }
}
