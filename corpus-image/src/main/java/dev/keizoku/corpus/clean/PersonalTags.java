package dev.keizoku.corpus.clean;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts tags in the place of what names or reaches a person: {@code [EMAIL]}, {@code [PHONE]},
 * {@code [ADDRESS]}, {@code [MY_NUMBER]}, {@code [CARD]}. A number is one only by its shape, its
 * check digit where there is one, and the word before it where the shape says too little: amounts,
 * dates, securities codes, EDINET codes and the 13 digits of companies stay, and so do addresses
 * behind a word that says whose they are: an office's, a shop's.
 *
 * <p>What it cannot know: names, and addresses without a prefecture or a number.
 */
public final class PersonalTags {
  static final String DASH = "[-‐‑–−ー]";
  private static final String NUMBER = "(?:\\d{1,5}|[一二三四五六七八九十百〇]{1,5})";
  private static final Set<String> PREFECTURES =
      Set.of(
          ("北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県"
                  + " 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県"
                  + " 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県"
                  + " 沖縄県")
              .split(" "));

  private static final Pattern EMAIL =
      Pattern.compile(
          "[A-Za-z0-9._%+-]{1,64}[@＠](?:[A-Za-z0-9-]{1,63}[.．]){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])");

  private static final Pattern ADDRESS =
      Pattern.compile(
          ("(?:〒 ?\\d{3}DASH\\d{4}(?!\\d)[ \\n]?)?"
                  + "(?:北海道|東京都|京都府|大阪府|\\p{IsHan}{2,3}県)"
                  + "[\\p{IsHan}ぁ-んァ-ヶー]{1,10}?[市区町村郡]"
                  + "[\\p{IsHan}ぁ-んァ-ヶー&&[^がではにへを]]{0,14}?"
                  + "(?<!第|番号|コード|図|表|資料|議案|別紙|別添|様式|[NnＮ][oOｏ]\\.?|号)"
                  + "(?:N丁目 ?N番(?:地(?:のN)?| ?N号?)?|N番(?:地(?:のN|N号?)?| ?N号)"
                  + "|(?:N丁目 ?)?(?!(?:19|20)\\d\\d)\\d{1,4}(?:DASH\\d{1,4}){1,3})"
                  + "(?![\\d月年日期%％円株万億千人件倍位回ポ店棟戸社台名室時シ度か]|[.．]\\d)"
                  + "|〒 ?\\d{3}DASH\\d{4}(?!\\d)")
              .replace("DASH", DASH)
              .replace("N", NUMBER));

  /** What stands on the same line before the address of a company, an office or a place to meet. */
  private static final Pattern PLACE_CUE =
      Pattern.compile(
          "(?:本店|本社|支店|支社|所在地|営業所|出張所|事業所|事務所|事務局|工場|店舗|取扱場所|会場|開催場所|名簿管理人)[^。\\n]{0,16}$");

  private static final Pattern MY_NUMBER = Pattern.compile("\\d{4}[- ]?\\d{4}[- ]?\\d{4}(?!\\d)");
  private static final Pattern MY_NUMBER_CUE =
      Pattern.compile("(?i)(?:個人番号|マイナンバー|my ?number)[^\\d\\n]{0,12}$");

  private static final Pattern CARD =
      Pattern.compile("\\d{4}([- ]?)\\d{4}\\1\\d{4}\\1\\d{2,4}(?![\\d.,-])");
  private static final Pattern ISSUER =
      Pattern.compile("(?:4|5[1-5]|2[2-7]|35|3[47]|36|6011|65).*");
  private static final Pattern CARD_CUE = Pattern.compile("(?i)カード|クレジット|card");

  private static final int CUE_DISTANCE = 30;
  private static final int[] MY_NUMBER_WEIGHTS = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};

  private final String text;
  private final Matcher matcher;
  private StringBuilder out;
  private int copied;

  private PersonalTags(String text) {
    this.text = text;
    this.matcher = EMAIL.matcher(text).useTransparentBounds(true);
  }

  /** The text with tags. */
  public static String tag(String text) {
    return new PersonalTags(text).tagged();
  }

  private String tagged() {
    for (int i = next(0); i < text.length(); ) {
      char c = text.charAt(i);
      int last = i;
      if (isDigit(c)) {
        last = digits(i);
      } else if (c == '@' || c == '＠') {
        mail(i);
      } else if (c == '〒') {
        replaceAddress(i);
      } else if (c == '県' || c == '都' || c == '府' || c == '道') {
        address(i + 1);
      } else if (c == '+' || c == '(') {
        phone(i);
      }
      i = next(Math.max(last + 1, copied));
    }
    return out == null ? text : out.append(text, copied, text.length()).toString();
  }

  /** The next place where something may begin, or the end of the text. */
  private int next(int from) {
    int next = from;
    while (next < text.length() && !mayBegin(text.charAt(next))) {
      next++;
    }
    return next;
  }

  private static boolean mayBegin(char c) {
    return switch (c) {
      case '@', '＠', '〒', '県', '都', '府', '道', '+', '(' -> true;
      default -> isDigit(c);
    };
  }

  /** An address whose prefecture ends there. */
  private void address(int end) {
    for (int length = 3; length <= 4 && end - length >= copied; length++) {
      if (PREFECTURES.contains(text.substring(end - length, end)) && replaceAddress(end - length)) {
        return;
      }
    }
  }

  /** Puts a tag in the place of an address of nobody knows whom. */
  private boolean replaceAddress(int at) {
    return !before(at, PLACE_CUE) && replace(ADDRESS, at, "[ADDRESS]");
  }

  /** Looks at a run of digits and the numbers that begin with it; the answer is its last place. */
  private int digits(int at) {
    boolean alone = at == 0 || ".,-".indexOf(text.charAt(at - 1)) < 0;
    boolean found =
        isMyNumber(at) && replace(MY_NUMBER, at, "[MY_NUMBER]")
            || alone && isCard(at) && replace(CARD, at, "[CARD]")
            || alone && text.charAt(at) == '0' && phone(at);
    int end = at;
    while (!found && end + 1 < text.length() && isDigit(text.charAt(end + 1))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void mail(int at) {
    int from = at;
    while (from > copied && isOfMail(text.charAt(from - 1))) {
      from--;
    }
    replace(EMAIL, from, "[EMAIL]");
  }

  private static boolean isOfMail(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || "._%+-".indexOf(c) >= 0);
  }

  private boolean phone(int at) {
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    if (before < 128 && Character.isLetterOrDigit(before) || "‐‑–−ー".indexOf(before) >= 0) {
      return false;
    }
    var cue = NumberCue.of(text, copied, at);
    return looksLike(PhoneNumber.WRITTEN, at)
            && PhoneNumber.isOne(matcher, cue)
            && replace(PhoneNumber.WRITTEN, at, "[PHONE]")
        || cue == NumberCue.PHONE
            && looksLike(PhoneNumber.BARE, at)
            && PhoneNumber.hasItsDigits(matcher.group())
            && replace(PhoneNumber.BARE, at, "[PHONE]");
  }

  private boolean looksLike(Pattern pattern, int at) {
    return matcher.usePattern(pattern).region(at, text.length()).lookingAt();
  }

  private boolean replace(Pattern pattern, int at, String tag) {
    if (!looksLike(pattern, at)) {
      return false;
    }
    out = out == null ? new StringBuilder(text.length()) : out;
    out.append(text, copied, at).append(tag);
    copied = matcher.end();
    return true;
  }

  private boolean before(int at, Pattern cue) {
    return cue.matcher(text.substring(Math.max(copied, at - CUE_DISTANCE), at)).find();
  }

  /** Source: ordinance 85 of 2014 of the Ministry of Internal Affairs, article 5. */
  private boolean isMyNumber(int at) {
    if (!looksLike(MY_NUMBER, at)) {
      return false;
    }
    var digits = matcher.group().replaceAll("\\D", "");
    int sum = 0;
    for (int i = 0; i < MY_NUMBER_WEIGHTS.length; i++) {
      sum += (digits.charAt(i) - '0') * MY_NUMBER_WEIGHTS[i];
    }
    int rest = sum % 11;
    return digits.charAt(MY_NUMBER_WEIGHTS.length) - '0' == (rest <= 1 ? 0 : 11 - rest)
        && before(at, MY_NUMBER_CUE);
  }

  /** Four groups with hyphens are a card's own form; a run of digits may be anything. */
  private boolean isCard(int at) {
    if (!looksLike(CARD, at)) {
      return false;
    }
    var digits = matcher.group().replaceAll("\\D", "");
    return ISSUER.matcher(digits).matches()
        && passesLuhn(digits)
        && (before(at, CARD_CUE)
            || matcher.group(1).equals("-") && NumberCue.of(text, copied, at) != NumberCue.CODE);
  }

  /** Source: ISO/IEC 7812-1, annex B. */
  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
