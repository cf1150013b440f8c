package dev.keizoku.corpus.read.filing.xbrl;

import java.util.regex.Pattern;

/**
 * Names that no element gives: of executives below the board, and of officers in a filing whose
 * page on officers is missing. A name is one only behind a title, with a space between its parts,
 * and before a particle or a mark; what follows in such a list is one, too. Auditors sign in public
 * and stay.
 */
public final class NamesByTitle {
  /** Lists are masked name by name; none is longer. */
  private static final int MOST_ROUNDS = 50;

  private static final String NO_NAME =
      "(?!社外|社内|常勤|非常勤|報酬|員数|人数|総額|合計|固定|業績|議決|出席|開催|地位|担当|氏名|役職|兼|任期|選任|候補|監査"
          + "|指定|当該|当社|同社|独立|各|全|有限|株式|代表|取締|執行|業務|継続|区分|対象|退任|就任)";

  private static final Pattern NAME =
      Pattern.compile(
          ("(?:〔氏名〕氏?[、,] ?"
                  + "|(?:取締役|監査役|執行役員|執行役|社長|会長|監査等委員|室長|部長)(?:[（(][^（）()\n]{1,12}[）)])?[ \u3000の])"
                  + "(NO_NAMEH{1,4}[ \u3000](?:(?!H{0,3}[役員会額等社者人数年月日部権式])H{1,4}|[ぁ-ん]{2,4}))"
                  + "(?=[ \u3000]?(?:氏|が|は|を|と|および|及び|ならびに|並びに|[、,（(\n\t]|$))")
              .replace("NO_NAME", NO_NAME)
              .replace("H", "[\\p{IsHan}々]"));

  private NamesByTitle() {}

  /** A text with a mark in place of such names, wherever they stand in it. */
  public static String mask(String text) {
    var left = text;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      var found = NAME.matcher(left);
      if (!found.find()) {
        return left;
      }
      var names = new OfficerNames();
      do {
        names.addName(found.group(1));
      } while (found.find());
      var masked = OfficerNames.mask(left, names.pattern());
      if (masked.equals(left)) {
        return left;
      }
      left = masked;
    }
    return left;
  }
}
