package dev.keizoku.corpus.clean;

import java.util.regex.Pattern;

/** What the words before a number say that it is. */
enum NumberCue {
  /** Right behind a word for telephones: a telephone number however it is written. */
  PHONE,
  /** The number of a document, a product, a registration: nobody's telephone or card. */
  CODE,
  /** Nothing; its own form decides. */
  NONE;

  private static final int DISTANCE = 16;
  private static final String PHONE_WORD =
      "(?:電話|携帯|(?<![a-z])(?:tel|fax)|ファックス|ファクス|ファクシミリ|連絡先|代表|直通|ダイヤル)";
  private static final Pattern PHONE_BEFORE =
      Pattern.compile("(?i)" + PHONE_WORD + "(?:番号)?[ \\t:：.．()（）は]{0,3}$");
  private static final Pattern PHONE_NEAR = Pattern.compile("(?i)" + PHONE_WORD);
  private static final Pattern CODE_BEFORE =
      Pattern.compile(
          "(?i)(?:(?:番号|コード|記号|型番|品番|型式|№|(?<![a-z])(?:code|no|id|isbn|issn|isin|jan))"
              + "[^\\p{Alnum}\\n。、]{0,6}|第 ?)$");

  /**
   * Reads the words before a number.
   *
   * @param from what lies before it belongs to another number
   * @param at where the number begins
   */
  static NumberCue of(String text, int from, int at) {
    var before = text.substring(Math.max(from, at - DISTANCE), at);
    before = before.substring(before.lastIndexOf('\n') + 1);
    if (PHONE_BEFORE.matcher(before).find()) {
      return PHONE;
    }
    boolean code = CODE_BEFORE.matcher(before).find() && !PHONE_NEAR.matcher(before).find();
    return code ? CODE : NONE;
  }
}
