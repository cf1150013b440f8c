package dev.keizoku.corpus.dedup;

/**
 * What comparing needs of a text, made in one go.
 *
 * @param exact shared by texts that say the same
 * @param print for texts that say nearly the same; null where nobody asks
 */
public record TextKey(DuplicateKey exact, TextPrint print) {

  /**
   * The key of a text.
   *
   * @param near whether it is to be compared with others that are not equal
   */
  public static TextKey of(String text, boolean near) {
    var compared = ComparedText.of(text);
    return new TextKey(DuplicateKey.ofCompared(compared), near ? TextPrint.of(compared) : null);
  }
}
