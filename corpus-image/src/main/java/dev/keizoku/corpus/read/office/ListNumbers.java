package dev.keizoku.corpus.read.office;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;

/**
 * The numbers that Word writes before paragraphs of lists and does not keep in their text: {@code
 * 1.}, {@code 第2条}, {@code (3)}.
 */
final class ListNumbers {
  private static final int LEVELS = 9;
  private static final String KANJI = "〇一二三四五六七八九";
  private static final int CIRCLED = 20;

  private final Map<BigInteger, int[]> counts = new HashMap<>();

  /** What stands before a paragraph, with a space behind; empty for one of no list. */
  String of(XWPFParagraph paragraph) {
    var list = paragraph.getNumID();
    var level = paragraph.getNumIlvl() == null ? 0 : paragraph.getNumIlvl().intValue();
    var form = list == null ? null : paragraph.getNumLevelText();
    if (form == null || level < 0 || level >= LEVELS) {
      return "";
    }
    var format = paragraph.getNumFmt();
    if ("bullet".equals(format)) {
      return "- ";
    }
    var count = counts.computeIfAbsent(list, l -> new int[LEVELS]);
    count[level] = count[level] == 0 ? start(paragraph) : count[level] + 1;
    for (int i = level + 1; i < LEVELS; i++) {
      count[i] = 0;
    }
    var number = form;
    for (int i = 0; i <= level; i++) {
      number = number.replace("%" + (i + 1), written(Math.max(1, count[i]), format));
    }
    return number.isBlank() ? "" : number + " ";
  }

  private static int start(XWPFParagraph paragraph) {
    var start = paragraph.getNumStartOverride();
    return start == null ? 1 : start.intValue();
  }

  private static String written(int number, String format) {
    return switch (format == null ? "" : format) {
      case "none" -> "";
      case "japaneseCounting", "ideographDigital", "chineseCounting", "chineseCountingThousand" ->
          kanji(number);
      case "decimalEnclosedCircle" ->
          number <= CIRCLED ? Character.toString('①' + number - 1) : "(" + number + ")";
      case "lowerLetter" -> letter('a', number);
      case "upperLetter" -> letter('A', number);
      case "aiueo", "aiueoFullWidth" -> kana("アイウエオカキクケコサシスセソタチツテトナニヌネノ", number);
      case "iroha", "irohaFullWidth" -> kana("イロハニホヘトチリヌルヲワカヨタレソツネナラム", number);
      default -> Integer.toString(number);
    };
  }

  private static String letter(char first, int number) {
    return number <= 26 ? Character.toString(first + number - 1) : Integer.toString(number);
  }

  private static String kana(String row, int number) {
    return number <= row.length() ? row.substring(number - 1, number) : Integer.toString(number);
  }

  private static String kanji(int number) {
    if (number >= 100) {
      return Integer.toString(number);
    }
    var tens = number / 10;
    var ones = number % 10;
    return (tens > 1 ? KANJI.substring(tens, tens + 1) : "")
        + (tens > 0 ? "十" : "")
        + (ones > 0 ? KANJI.substring(ones, ones + 1) : "");
  }
}
