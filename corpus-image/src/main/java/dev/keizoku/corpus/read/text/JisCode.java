package dev.keizoku.corpus.read.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/**
 * Characters that Shift_JIS lacks, as Aozora Bunko notes them: {@code 「てへん＋劣」、第3水準1-84-77}, signs
 * without a level {@code 二の字点、1-2-22}, {@code 「...」、U+64B7}, or by name: {@code 小書き平仮名ん}, {@code
 * ローマ数字1909}.
 */
public final class JisCode {
  /** What Japanese printers set for a sort that they do not have. */
  static final String MISSING = "〓";

  private static final Charset JIS_X_0213 = Charset.forName("x-SJIS_0213");
  private static final Pattern CELL =
      Pattern.compile("(?:第[34]水準|、)([12])-(\\d{1,2})-(\\d{1,2})(?![-\\d])");
  private static final Pattern NAMED =
      Pattern.compile("^(?:小書き(?:平仮名|片仮名)([ぁ-んァ-ヶ])|ローマ数字(\\d{1,4}))(?:、|$)");
  private static final Pattern CODE_POINT = Pattern.compile("U\\+([0-9A-Fa-f]{4,6})");

  private JisCode() {}

  static String character(String note) {
    var cell = CELL.matcher(note);
    if (cell.find()) {
      return decode(number(cell.group(1)), number(cell.group(2)), number(cell.group(3)));
    }
    var codePoint = CODE_POINT.matcher(note);
    if (codePoint.find()) {
      int value = Integer.parseInt(codePoint.group(1), 16);
      return Character.isValidCodePoint(value) ? Character.toString(value) : MISSING;
    }
    var named = NAMED.matcher(note);
    if (named.find()) {
      return named.group(1) == null ? named.group(2) : named.group(1);
    }
    return MISSING;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /** Plane, row and cell in the bytes of Shift_JIS-2004 (JIS X 0213:2004, annex 1). */
  private static String decode(int plane, int row, int cell) {
    if (row < 1 || row > 94 || cell < 1 || cell > 94) {
      return MISSING;
    }
    int first;
    if (plane == 1) {
      first = row <= 62 ? (row + 0x101) / 2 : (row + 0x181) / 2;
    } else if (row >= 78) {
      first = (row + 0x19B) / 2;
    } else {
      first = (row + 0x1DF) / 2 - row / 8 * 3;
    }
    int second = row % 2 == 0 ? cell + 0x9E : cell <= 63 ? cell + 0x3F : cell + 0x40;
    try {
      return JIS_X_0213
          .newDecoder()
          .decode(ByteBuffer.wrap(new byte[] {(byte) first, (byte) second}))
          .toString();
    } catch (CharacterCodingException e) {
      return MISSING;
    }
  }
}
