package dev.keizoku.corpus.spool;

import java.util.regex.Pattern;

/** The day of a document as a number: 20241231, 0 when it is not known. */
public final class PublicationDate {
  private static final Pattern DAY =
      Pattern.compile("(?<!\\d)((?:19|20)\\d\\d)(?:\\D{0,2}(\\d{1,2})(?:\\D{0,2}(\\d{1,2}))?)?");
  private static final int MONTHS = 12;
  private static final int DAYS = 31;

  private PublicationDate() {}

  /** The day that a source's date begins with: 2024-12-31, 2024/12, 2024年12月31日, 20241231. */
  public static int of(String date) {
    var day = DAY.matcher(date);
    if (!day.find()) {
      return 0;
    }
    int month = number(day.group(2), MONTHS);
    return Integer.parseInt(day.group(1)) * 10_000
        + month * 100
        + (month == 0 ? 0 : number(day.group(3), DAYS));
  }

  private static int number(String digits, int most) {
    int number = digits == null ? 0 : Integer.parseInt(digits);
    return number <= most ? number : 0;
  }
}
