package dev.keizoku.corpus.clean;

import dev.keizoku.corpus.unicode.NormalForm;
import java.text.Normalizer;

/**
 * The "finance" profile: Unicode NFC, half-width katakana to full, full-width letters and digits to
 * half with the marks of their numbers, ideographic and no-break spaces to spaces, radicals to
 * ideographs, the two code points of wave dash and minus to one, control and invisible characters
 * out, white space collapsed but for the tabs between the cells of a row.
 *
 * <p>Deliberately not NFKC: it turns m² into m2, 売上高¹ into 売上高1 and ① into 1, which in financial
 * text are other numbers. ㈱, ①, △ and ▲ stay.
 */
public final class TextCleaner {
  private static final int FIRST_OF_SYMBOL_FONTS = 0xF020;
  private static final int LAST_OF_SYMBOL_FONTS = 0xF0FF;
  private static final String HALF_KATAKANA_MARKS = "\uFF9E\uFF9F";

  private TextCleaner() {}

  /**
   * The cleaned text.
   *
   * @return lines without spaces at their ends, at most one empty line in a row, none at the ends
   *     of the text; tabs before the first word of a line are empty cells and stay
   */
  public static String clean(String text) {
    var composed = NormalForm.NFC.of(mapped(text.replace("\r\n", "\n").replace('\r', '\n')));
    // A sound mark that could not join the character before it is written as the visible one.
    return lines(composed.replace('\u3099', '\u309B').replace('\u309A', '\u309C'));
  }

  private static String mapped(String text) {
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int other = endOfPlain(text, i);
      out.append(text, i, other);
      if (other == text.length()) {
        break;
      }
      int c = text.codePointAt(other);
      i = other + Character.charCount(c);
      if (c >= 0xFF65 && c <= 0xFF9F) {
        i = appendKatakana(text, i, c, out);
      } else {
        appendMapped(c, out);
      }
    }
    NumberMarks.narrow(out);
    return out.toString();
  }

  /** Where the first character stands that is not surely its own. */
  private static int endOfPlain(String text, int from) {
    int end = from;
    while (end < text.length() && isPlain(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Most of any Japanese text. */
  private static boolean isPlain(char c) {
    return c >= 0x3041 && c <= 0x3096
        || c >= 0x4E00 && c <= 0x9FFF
        || c >= 0x30A1 && c <= 0x30FE
        || c >= ' ' && c <= '~'
        || c == '\n'
        || c >= 0x3001 && c <= 0x3011;
  }

  /** A half-width katakana and the sound mark that may follow it, as one full-width one. */
  private static int appendKatakana(String text, int next, int c, StringBuilder out) {
    boolean marked = next < text.length() && HALF_KATAKANA_MARKS.indexOf(text.charAt(next)) >= 0;
    var half = marked ? Character.toString(c) + text.charAt(next) : Character.toString(c);
    out.append(Normalizer.normalize(half, Normalizer.Form.NFKC));
    return marked ? next + 1 : next;
  }

  private static void appendMapped(int c, StringBuilder out) {
    if (c >= 0xFF10 && c <= 0xFF19 || c >= 0xFF21 && c <= 0xFF3A || c >= 0xFF41 && c <= 0xFF5A) {
      out.append((char) (c - 0xFEE0));
    } else if (isLineBreak(c)) {
      out.append('\n');
    } else if (c != '\n'
        && c != '\t'
        && (c == 0x3000 || Character.getType(c) == Character.SPACE_SEPARATOR)) {
      out.append(' ');
    } else if (c == 0xFF5E) {
      // Windows decodes the wave dash of Shift_JIS as a full-width tilde ...
      out.append('\u301C');
    } else if (c == 0xFF0D) {
      // ... and its minus sign as a full-width hyphen.
      out.append('\u2212');
    } else if (c >= FIRST_OF_SYMBOL_FONTS && c <= LAST_OF_SYMBOL_FONTS) {
      // Office writes the signs of Symbol and Wingdings so: bullets before items of a list.
      out.append(symbol(c));
    } else if (c >= 0x2E80 && c <= 0x2FDF) {
      out.append(Radicals.ideograph(c));
    } else if (!isInvisible(c)) {
      out.appendCodePoint(c);
    }
  }

  private static char symbol(int c) {
    return switch (c) {
      case 0xF0E0, 0xF0E8, 0xF0F0 -> '→';
      case 0xF0FC, 0xF0FE -> '✓';
      case 0xF06C,
          0xF06E,
          0xF070,
          0xF071,
          0xF075,
          0xF076,
          0xF09F,
          0xF0A7,
          0xF0A8,
          0xF0B2,
          0xF0B7,
          0xF0D8 ->
          '・';
      default -> (char) c;
    };
  }

  private static boolean isLineBreak(int c) {
    return c == 0x0B || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static boolean isInvisible(int c) {
    if (c == '\n' || c == '\t' || c == 0x200D) {
      // The joiner holds emoji together.
      return false;
    }
    int type = Character.getType(c);
    // Variation selectors of ideographs (U+E0100 on) choose a printed shape, not another character.
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || c >= 0xE0100 && c <= 0xE01EF;
  }

  private static String lines(String text) {
    var out = new StringBuilder(text.length());
    int blank = 0;
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      int begin = out.length();
      collapse(text, from, end, out);
      if (out.length() == begin) {
        blank++;
      } else {
        // Now that the line is known not to be empty, the breaks before it are written.
        var breaks = begin == 0 ? "" : blank > 0 ? "\n\n" : "\n";
        out.insert(begin, breaks);
        blank = 0;
      }
      from = end + 1;
    }
    return out.toString();
  }

  /**
   * Appends a line with runs of spaces as one space and none at its ends. Every tab but those at
   * the end stays: two in a row are an empty cell.
   */
  private static void collapse(String text, int from, int end, StringBuilder out) {
    if (text.indexOf(' ', from, end) < 0 && text.indexOf('\t', from, end) < 0) {
      out.append(text, from, end);
      return;
    }
    int tabs = 0;
    boolean space = false;
    int begin = out.length();
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        tabs++;
      } else if (c == ' ') {
        space = true;
      } else {
        boolean between = space && tabs == 0 && out.length() > begin;
        out.append(between ? " " : "\t".repeat(tabs)).append(c);
        tabs = 0;
        space = false;
      }
    }
  }
}
