package dev.keizoku.corpus.filter;

/**
 * What the rules ask of a text, measured once: whether it stays follows from these and the limits
 * alone.
 *
 * @param characters Unicode code points
 * @param letters code points that are letters of any script
 * @param foreign letters of other scripts, two of each word at most: a long name in Latin letters
 *     makes a sentence no less Japanese
 * @param japanese letters that are hiragana, katakana or kanji, with the marks ー and 々
 * @param broken code points that stand for lost characters: U+FFFD and the private use area
 * @param misread letters that UTF-8 read as Shift_JIS is full of
 * @param finance how much its words are those of finance, 0 to 1
 * @param removed code points of lines that were taken out as boilerplate
 * @param prose what stands outside tables
 */
public record TextTraits(
    int characters,
    int letters,
    int foreign,
    int japanese,
    int broken,
    int misread,
    double finance,
    int removed,
    ProseTraits prose) {
  private static final int LETTERS_OF_WORD = 2;

  /** Measures a cleaned text of which nothing was taken out. */
  public static TextTraits of(String text) {
    return of(text, 0);
  }

  /**
   * Measures a cleaned text.
   *
   * @param removed code points that were taken out of it as boilerplate
   */
  public static TextTraits of(String text, int removed) {
    int characters = 0;
    int letters = 0;
    int foreign = 0;
    int word = 0;
    int japanese = 0;
    int broken = 0;
    int misread = 0;
    var finance = new FinanceScore.Sum();
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      characters++;
      finance.add(c);
      boolean own = Letters.isKana(c) || Letters.isKanji(c);
      boolean other = !own && Character.isLetter(c);
      word = other ? word + 1 : 0;
      foreign += other && word <= LETTERS_OF_WORD ? 1 : 0;
      japanese += own ? 1 : 0;
      if (own || other) {
        letters++;
        misread += isMisread(c) ? 1 : 0;
      } else if (c == 0xFFFD || Character.getType(c) == Character.PRIVATE_USE) {
        broken++;
      }
    }
    return new TextTraits(
        characters,
        letters,
        foreign,
        japanese,
        broken,
        misread,
        finance.score(),
        removed,
        ProseTraits.of(text));
  }

  /** The lead bytes of kana in UTF-8, E381 to E383, as Shift_JIS shows them. */
  private static boolean isMisread(int c) {
    return c == '縺' || c == '繧' || c == '繝';
  }

  /**
   * Japanese letters among all, 0 to 1, of a word in another script two at most; 0 for a text
   * without letters.
   */
  public double japaneseRatio() {
    return share(japanese, japanese + foreign);
  }

  /** Characters that were taken out as boilerplate, 0 to 1. */
  public double boilerplateShare() {
    return share(removed, removed + characters);
  }

  /** Lost characters, 0 to 1. */
  public double brokenShare() {
    return share(broken, characters);
  }

  /** Letters of a wrong encoding, 0 to 1; 0 for a text without letters. */
  public double misreadShare() {
    return share(misread, letters);
  }

  private static double share(int part, int all) {
    return all == 0 ? 0 : (double) part / all;
  }
}
