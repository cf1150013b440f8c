package dev.keizoku.corpus.clean;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form of Japanese telephone numbers. Ten digits with hyphens may be the number of a document
 * as well; what tells them apart is where the hyphens are, which the area decides.
 *
 * <p>Source: the number plan of the Ministry of Internal Affairs and Communications.
 */
final class PhoneNumber {
  /** A number in three groups; its separators may be missing. */
  static final Pattern WRITTEN =
      Pattern.compile(
          ("(?:(?<abroad>(?:\\+81|0081)[- ]?\\(?0?\\)?[1-9]\\d{0,3})|\\(0\\d{1,4}\\)|0\\d{1,4})"
                  + "(?: ?DASH ?| ?\\(| |\\) ?)?\\d{1,4}(?: ?DASH ?|\\) ?)\\d{3,4}"
                  + "(?!\\d|[.,]\\d|DASH\\d|[円株千百万億%％]| ?号)")
              .replace("DASH", PersonalTags.DASH));

  /** A number without any; only a word before it tells it from others. */
  static final Pattern BARE = Pattern.compile("0\\d{9,10}(?!\\d)");

  /** Digits of area, exchange and line: Tokyo and Osaka, cities, towns, villages, services. */
  private static final Pattern GROUPS =
      Pattern.compile(
          "0[346]-\\d{4}-\\d{4}|0[1-9][1-9]-\\d{3}-\\d{4}|0[1-9][1-9]\\d-\\d{2}-\\d{4}"
              + "|0(?:1[2-6]|49|57|59|74|8[345]|9[4689])\\d\\d-\\d-\\d{4}"
              + "|0(?:120|180|570|990)-\\d{3}-\\d{3}|0800-\\d{3}-\\d{4}"
              + "|0[25789]0-\\d{4}-\\d{4}");

  /** No exchange of the large areas begins so, but the year of a document's number does. */
  private static final Pattern YEAR = Pattern.compile("0[346]-(?:19|20)\\d\\d-.*");

  private static final Pattern OTHERS = Pattern.compile("\\D+");

  private PhoneNumber() {}

  /**
   * Whether what {@link #WRITTEN} found is one.
   *
   * @param cue what the words before it say
   */
  static boolean isOne(Matcher written, NumberCue cue) {
    if (cue == NumberCue.CODE || !hasItsDigits(written.group())) {
      return false;
    }
    var groups = OTHERS.matcher(written.group()).replaceAll("-").replaceFirst("^-", "");
    return cue == NumberCue.PHONE
        || written.group("abroad") != null
        || GROUPS.matcher(groups).matches() && !YEAR.matcher(groups).matches();
  }

  /** Ten digits at home, eleven of a mobile or internet line, from 0 on. */
  static boolean hasItsDigits(String written) {
    var digits = OTHERS.matcher(written).replaceAll("").replaceFirst("^(?:0081|81)0?", "0");
    if (!digits.startsWith("0") || digits.startsWith("00")) {
      return false;
    }
    return digits.length() == 10 || digits.length() == 11 && digits.matches("(?:0[25789]0|0800).*");
  }
}
