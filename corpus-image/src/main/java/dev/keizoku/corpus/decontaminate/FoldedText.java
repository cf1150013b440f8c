package dev.keizoku.corpus.decontaminate;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * What is left of a text when a question is looked for in it: letters and digits after NFKC, in
 * lower case, katakana as hiragana, numbers in digits. Each character knows where it is from.
 */
final class FoldedText {
  private char[] chars;
  private int[] origins;
  private int length;

  private FoldedText(int capacity) {
    chars = new char[capacity];
    origins = new int[capacity];
  }

  /** The folded text. */
  static FoldedText of(String text) {
    var letters = new FoldedText(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int end = clusterEnd(text, i);
      letters.addCluster(text, i, end);
      i = end;
    }
    return letters.withNumbersInDigits(text);
  }

  int length() {
    return length;
  }

  char at(int index) {
    return chars[index];
  }

  /** Position in the text of the character that this one is from. */
  int origin(int index) {
    return origins[index];
  }

  @Override
  public String toString() {
    return new String(chars, 0, length);
  }

  /** End of a character with the marks that belong to it: combining ones, half-width ﾞ and ﾟ. */
  private static int clusterEnd(String text, int start) {
    int end = start + Character.charCount(text.codePointAt(start));
    while (end < text.length() && isMark(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isMark(char c) {
    return c >= 0x300
        && (c == 'ﾞ' || c == 'ﾟ' || Character.getType(c) == Character.NON_SPACING_MARK);
  }

  private void addCluster(String text, int start, int end) {
    char c = text.charAt(start);
    if (end == start + 1 && isPlain(c)) {
      add(asHiragana(c), start);
      return;
    }
    if (end == start + 1 && (c < 0x80 && !Character.isLetterOrDigit(c) || isPunctuation(c))) {
      return;
    }
    Normalizer.normalize(text.substring(start, end), Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .map(letter -> Character.isDigit(letter) ? '0' + Character.digit(letter, 10) : letter)
        .forEach(
            letter -> {
              for (char part : Character.toChars(letter)) {
                add(asHiragana(part), start);
              }
            });
  }

  /** Kana, common ideographs, digits and small letters: NFKC changes nothing about them. */
  private static boolean isPlain(char c) {
    return c >= 0x3041 && c <= 0x3096
        || c >= 0x30A1 && c <= 0x30F6
        || c >= 0x4E00 && c <= 0x9FFF
        || c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z';
  }

  /** The commonest of what is no letter in NFKC either. */
  private static boolean isPunctuation(char c) {
    return c >= 0x3000 && c <= 0x3003
        || c >= 0x3008 && c <= 0x3011
        || c == '・'
        || c == '（'
        || c == '）';
  }

  private static char asHiragana(char c) {
    return c >= 0x30A1 && c <= 0x30F6 ? (char) (c - 0x60) : c;
  }

  private void add(char c, int origin) {
    if (length == chars.length) {
      chars = Arrays.copyOf(chars, length * 2);
      origins = Arrays.copyOf(origins, length * 2);
    }
    chars[length] = c;
    origins[length++] = origin;
  }

  private FoldedText withNumbersInDigits(String text) {
    var out = new FoldedText(length + 16);
    for (int i = 0; i < length; ) {
      int end = i;
      while (end < length
          && Numerals.isNumeral(chars[end])
          && (end == i || isOneNumber(text, origins[end - 1], origins[end]))) {
        end++;
      }
      if (end == i) {
        out.add(chars[i], origins[i]);
        i++;
      } else {
        for (char digit : Numerals.digits(new String(chars, i, end - i)).toCharArray()) {
          out.add(digit, origins[i]);
        }
        i = end;
      }
    }
    return out;
  }

  /** Whether nothing stands between two digits but, at most, a thousands mark. */
  private static boolean isOneNumber(String text, int before, int after) {
    return after - before <= 1 || after - before == 2 && ",，".indexOf(text.charAt(before + 1)) >= 0;
  }
}
