package dev.keizoku.corpus.paragraph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The paragraphs of a cleaned text that can be copies of others: lines of sentences. A row of a
 * table, a line of a statement, a heading, an item of a list and a short sentence (該当事項はありません。) are
 * none, whatever stands in them: what they say depends on where they stand.
 */
public final class Paragraphs {
  /**
   * Begins the name of an attribute that says how many lines or paragraphs were taken out of a
   * document; its rule follows.
   */
  public static final String REMOVED = "paragraphs.";

  /** Characters other than spaces that a paragraph has at least. */
  static final int MIN_CHARACTERS = 40;

  private static final String ENDS = "。．！？!?";
  private static final String CLOSING = "」』）)”\"";
  private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

  private Paragraphs() {}

  /**
   * A paragraph.
   *
   * @param line its number in the text, from 0
   * @param key equal for paragraphs of the same characters, spaces apart
   */
  public record Paragraph(int line, long key) {}

  /** Those of a text, in their order. */
  public static List<Paragraph> of(String text) {
    var found = new ArrayList<Paragraph>();
    int line = 0;
    for (int from = 0; from < text.length(); line++) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      if (end - from >= MIN_CHARACTERS && endsSentence(text, from, end)) {
        add(text, from, end, line, found);
      }
      from = end + 1;
    }
    return found;
  }

  /** Lines with text that are in the one and no more in the other, which is a part of it. */
  public static long removed(String text, String rest) {
    return lines(text) - lines(rest);
  }

  private static long lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).count();
  }

  private static boolean endsSentence(String text, int from, int end) {
    int last = end - 1;
    while (last > from && CLOSING.indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    return ENDS.indexOf(text.charAt(last)) >= 0;
  }

  private static void add(String text, int from, int end, int line, List<Paragraph> found) {
    long key = 0;
    int characters = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        return;
      }
      if (c != ' ') {
        key = (key ^ c) * FACTOR;
        key ^= key >>> 29;
        characters++;
      }
    }
    if (characters >= MIN_CHARACTERS) {
      found.add(new Paragraph(line, key));
    }
  }

  /**
   * A text without some of its lines.
   *
   * @param lines their numbers, sorted
   */
  public static String without(String text, int[] lines) {
    var left = new StringBuilder(text.length());
    int line = 0;
    for (int from = 0; from < text.length(); line++) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end + 1;
      if (Arrays.binarySearch(lines, line) < 0) {
        left.append(text, from, end);
      }
      from = end;
    }
    return left.toString().replaceAll("\n{3,}", "\n\n").strip();
  }
}
