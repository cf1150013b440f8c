package dev.keizoku.corpus.dedup;

import dev.keizoku.corpus.clean.MarkdownTables;
import dev.keizoku.corpus.unicode.NormalForm;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What of a text counts when two are compared: letters, digits, and every mark that makes a number
 * another number. Width, case, white space and ordinary punctuation do not count.
 *
 * <p>A table is the same whether tabs or Markdown's pipes part its cells.
 *
 * <ul>
 *   <li>signs of amounts (+ ± △ ▲ %, currencies and the like) count wherever they stand;
 *   <li>between two numbers every mark counts: 1.5, 1,500, 1-2月期, 1/2, 10:30; white space alone
 *       keeps 1 2 from being 12, and two or more tabs are an empty cell;
 *   <li>before a number a minus, a comparison or a decimal point counts, behind it a minus or a
 *       wave dash, around it brackets: (100) is a loss of 100;
 *   <li>½, m², ① and Ⅳ are themselves, never the digits that NFKC makes of them.
 * </ul>
 */
final class ComparedText {
  private static final Pattern IN_BRACKETS =
      Pattern.compile("\\(\\s*([-+△▲]?\\s*\\p{Sc}?\\s*\\p{Nd}[\\p{Nd}.,]*\\s*%?)\\s*\\)");

  /** Stand for the brackets around a number; no text has them after {@link #folded}. */
  private static final char OPEN = '\uE000';

  private static final char CLOSE = '\uE001';
  private static final String AMOUNT_SIGNS = "+±×÷△▲▽▼∆⊿○◎↑↓%‰°√∞" + OPEN + CLOSE;
  private static final String KANJI_NUMERALS = "〇一二三四五六七八九十百千万億兆";
  private static final String BEFORE = "-~<>=^≦≧≤≥≒≠≈";
  private static final String BEHIND = "-~";
  private static final Pattern CELL_END = Pattern.compile("[\\t\\n]");

  private final StringBuilder out;
  private final StringBuilder gap = new StringBuilder();
  private int last;

  private ComparedText(int length) {
    out = new StringBuilder(length);
  }

  /** The characters of a text that count, in order. */
  static String of(String text) {
    var folded = folded(MarkdownTables.inTabs(text));
    if (folded.indexOf('(') >= 0) {
      folded = IN_BRACKETS.matcher(folded).replaceAll(OPEN + "$1" + CLOSE);
    }
    var compared = new ComparedText(folded.length());
    for (int i = 0; i < folded.length(); ) {
      int c = folded.codePointAt(i);
      compared.add(c);
      i += Character.charCount(c);
    }
    compared.endGap(0);
    return compared.out.toString();
  }

  /** NFKC and lower case, but for characters that say a number in another way than by digits. */
  private static String folded(String text) {
    var out = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (saysNumber(c) || c == OPEN || c == CLOSE) {
        NormalForm.NFKC.append(text, from, i, out);
        out.append(c == OPEN || c == CLOSE ? " " : numberSign(c));
        from = next;
      }
      i = next;
    }
    NormalForm.NFKC.append(text, from, text.length(), out);
    for (int i = 0; i < out.length(); i++) {
      out.setCharAt(i, oneOfAKind(out.charAt(i)));
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean saysNumber(int c) {
    if (c < 0x80 || isKanaOrKanji(c)) {
      return false;
    }
    int type = Character.getType(c);
    return type == Character.OTHER_NUMBER
        || type == Character.LETTER_NUMBER
        || isOfCalendar(c)
        || c >= 0x3371 && c <= 0x33DF;
  }

  /** Most of any Japanese text, none of it a number of its own or a dash. */
  private static boolean isKanaOrKanji(int c) {
    return c >= 0x3041 && c <= 0x3096 || c >= 0x4E00 && c <= 0x9FFF || c >= 0x30A1 && c <= 0x30FA;
  }

  /** Months, hours and days of one character: ㋀ to ㋋, ㍘ to ㍰, ㏠ to ㏾. */
  private static boolean isOfCalendar(int c) {
    return c >= 0x32C0 && c <= 0x32CB || c >= 0x3358 && c <= 0x3370 || c >= 0x33E0 && c <= 0x33FE;
  }

  /** ㎡ is m², ⑴ is (1); the others stay. */
  private static String numberSign(int c) {
    var sign = Character.toString(c);
    boolean unit = c >= 0x3371 && c <= 0x33DF;
    boolean bracketed = c >= 0x2474 && c <= 0x2487;
    if (!unit && !bracketed) {
      return sign;
    }
    var plain = Normalizer.normalize(sign, Normalizer.Form.NFKC);
    return unit ? plain.replace('2', '²').replace('3', '³') : plain;
  }

  /** Dashes and minus signs are one, and so are the two wave dashes and the two circles. */
  private static char oneOfAKind(char c) {
    if (isKanaOrKanji(c)) {
      return c;
    }
    return switch (c) {
      case '\u301C', '\u3030' -> '~';
      case '\u2212' -> '-';
      case '◯' -> '○';
      default -> Character.getType(c) == Character.DASH_PUNCTUATION ? '-' : c;
    };
  }

  private void add(int c) {
    if (Character.isLetterOrDigit(c) || saysNumber(c) || isAmountSign(c)) {
      endGap(c);
      out.appendCodePoint(c);
      last = c;
    } else {
      gap.appendCodePoint(c);
    }
  }

  /** Writes what counts of the characters between the last one that counts and the next. */
  private void endGap(int next) {
    if (gap.isEmpty()) {
      return;
    }
    var between = gap.toString();
    gap.setLength(0);
    if (between.indexOf('\t') >= 0 || between.indexOf('\n') >= 0) {
      cells(CELL_END.split(between, -1), between.indexOf('\n') < 0, next);
    } else if (isNumber(last) && isNumber(next)) {
      out.append(betweenNumbers(between, next));
    } else {
      out.append(behind(between)).append(before(between, next));
    }
  }

  /**
   * The rest of the cell before, the cells that hold nothing that counts, the begin of the next.
   */
  private void cells(String[] parts, boolean oneRow, int next) {
    out.append(behind(parts[0]));
    var own = parts[parts.length - 1];
    boolean beside = isNumber(last) || isNumber(next);
    if (beside && oneRow && parts.length > 2) {
      for (int i = 1; i < parts.length - 1; i++) {
        out.append('\t').append(withoutSpaces(parts[i]));
      }
      out.append('\t');
    } else if (saysDigits(last) && saysDigits(next)) {
      out.append(' ');
    }
    out.append(before(own, next));
  }

  private String betweenNumbers(String between, int next) {
    var marks = withoutSpaces(between);
    if (marks.isEmpty()) {
      return saysDigits(last) && saysDigits(next) ? " " : "";
    }
    // "1, 2" are two numbers, "1 - 2" is the range 1-2.
    return ",.".contains(marks) && !between.endsWith(marks) ? marks + " " : marks;
  }

  private String before(String between, int next) {
    if (!saysDigits(next) && !isAmountSign(next)) {
      return "";
    }
    // Before a bracket, a sign or ① it ends the sentence: "した．(2)" is "した。(2)".
    boolean point =
        Character.isDigit(next)
            && between.endsWith(".")
            && !between.endsWith("..")
            && !isAbbreviation(between);
    var marks = withoutSpaces(point ? between.substring(0, between.length() - 1) : between);
    int from = marks.length();
    while (from > 0 && BEFORE.indexOf(marks.charAt(from - 1)) >= 0) {
      from--;
    }
    return marks.substring(from) + (point ? "." : "");
  }

  /** The point of No.5 and Ver.2. */
  private boolean isAbbreviation(String between) {
    return between.length() == 1
        && Character.UnicodeScript.of(last) == Character.UnicodeScript.LATIN;
  }

  private String behind(String between) {
    int to = 0;
    while (to < between.length() && BEHIND.indexOf(between.charAt(to)) >= 0) {
      to++;
    }
    return saysDigits(last) || isAmountSign(last) ? between.substring(0, to) : "";
  }

  private static String withoutSpaces(String between) {
    var marks = new StringBuilder();
    between.codePoints().filter(c -> !isSpace(c)).forEach(marks::appendCodePoint);
    return marks.toString();
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.CONTROL;
  }

  private static boolean isAmountSign(int c) {
    return Character.getType(c) == Character.CURRENCY_SYMBOL || AMOUNT_SIGNS.indexOf(c) >= 0;
  }

  private static boolean isNumber(int c) {
    return saysDigits(c) || isAmountSign(c) || KANJI_NUMERALS.indexOf(c) >= 0;
  }

  private static boolean saysDigits(int c) {
    return Character.isDigit(c) || saysNumber(c);
  }
}
