package dev.keizoku.corpus.filter;

import dev.keizoku.corpus.clean.MarkdownTables;
import java.util.HashSet;
import java.util.Set;

/**
 * What stands outside tables: their rows are not looked at, since tables of numbers repeat their
 * words and have no sentences. Lines without letters count for their signs only.
 *
 * @param characters code points other than white space
 * @param symbols signs among them
 * @param letters letters of any script
 * @param kana those that are hiragana or katakana
 * @param kanji those that are kanji
 * @param sentenceLetters those in lines with the end of a sentence
 * @param lines with two letters or more
 * @param duplicateLines those that stood before
 * @param duplicateLineLetters letters in them
 * @param paragraphs runs of lines between empty ones
 * @param duplicateParagraphs those that stood before
 * @param duplicateParagraphLetters letters in them
 * @param grams how its letters repeat themselves
 */
public record ProseTraits(
    int characters,
    int symbols,
    int letters,
    int kana,
    int kanji,
    int sentenceLetters,
    int lines,
    int duplicateLines,
    int duplicateLineLetters,
    int paragraphs,
    int duplicateParagraphs,
    int duplicateParagraphLetters,
    GramTraits grams) {
  private static final String ENDS = "。．！？!?";
  private static final String CUT_OFF = "…‥";

  /** One line or paragraph more than once says nothing yet. */
  private static final int FREE = 1;

  /** A headline may have no kana. */
  private static final int FEW_LETTERS = 50;

  static ProseTraits of(String text) {
    var measured = new Measuring(text);
    measured.run();
    return measured.traits();
  }

  /** Signs among characters, 0 to 1. */
  public double symbolShare() {
    return share(symbols, characters);
  }

  /** Kana among Japanese letters, 0 to 1; 1 where there are fewer than 50 of these. */
  public double kanaShare() {
    return kana + kanji < FEW_LETTERS ? 1 : share(kana, kana + kanji);
  }

  /** Letters in lines with a sentence's end, 0 to 1; 1 where there are no letters. */
  public double sentenceShare() {
    return letters == 0 ? 1 : share(sentenceLetters, letters);
  }

  /** Lines that stood before, 0 to 1. */
  public double duplicateLineShare() {
    return share(duplicateLines - FREE, lines);
  }

  /** Letters in them, 0 to 1. */
  public double duplicateLineLetterShare() {
    return duplicateLines <= FREE ? 0 : share(duplicateLineLetters, letters);
  }

  /** Paragraphs that stood before, 0 to 1. */
  public double duplicateParagraphShare() {
    return share(duplicateParagraphs - FREE, paragraphs);
  }

  /** Letters in them, 0 to 1. */
  public double duplicateParagraphLetterShare() {
    return duplicateParagraphs <= FREE ? 0 : share(duplicateParagraphLetters, letters);
  }

  private static double share(int part, int all) {
    return part <= 0 ? 0 : (double) part / all;
  }

  /** One pass over the lines of a text. */
  private static final class Measuring {
    private final String text;
    private final char[] proseLetters;
    private final Set<String> seenLines = new HashSet<>();
    private final Set<Long> seenParagraphs = new HashSet<>();
    private int characters;
    private int symbols;
    private int letters;
    private int kana;
    private int kanji;
    private int sentenceLetters;
    private int lines;
    private int duplicateLines;
    private int duplicateLineLetters;
    private int paragraphs;
    private int duplicateParagraphs;
    private int duplicateParagraphLetters;
    private long paragraph;
    private int paragraphLetters;

    Measuring(String text) {
      this.text = text;
      proseLetters = new char[text.length()];
    }

    void run() {
      for (int from = 0; from <= text.length(); ) {
        int end = text.indexOf('\n', from);
        end = end < 0 ? text.length() : end;
        if (from == end) {
          endParagraph();
        } else if (!MarkdownTables.isRow(text, from, end)) {
          line(from, end);
        }
        from = end + 1;
      }
      endParagraph();
    }

    private void line(int from, int end) {
      int before = letters;
      boolean sentence = false;
      for (int i = from; i < end; ) {
        int c = text.codePointAt(i);
        i += Character.charCount(c);
        characters += c == ' ' ? 0 : 1;
        boolean isKana = Letters.isKana(c);
        if (isKana || Character.isLetter(c)) {
          proseLetters[letters++] = (char) c;
          kana += isKana ? 1 : 0;
          kanji += !isKana && Letters.isKanji(c) ? 1 : 0;
        } else if (Letters.isSymbol(c)) {
          symbols++;
        } else {
          sentence |= ENDS.indexOf(c) >= 0;
        }
      }
      int found = letters - before;
      sentenceLetters += sentence && CUT_OFF.indexOf(text.charAt(end - 1)) < 0 ? found : 0;
      if (found > 1) {
        line(text.substring(from, end), found);
      }
    }

    private void line(String line, int found) {
      lines++;
      paragraph = paragraph * 31 * 31 + line.hashCode();
      paragraphLetters += found;
      if (!seenLines.add(line)) {
        duplicateLines++;
        duplicateLineLetters += found;
      }
    }

    private void endParagraph() {
      if (paragraphLetters > 0) {
        paragraphs++;
        if (!seenParagraphs.add(paragraph)) {
          duplicateParagraphs++;
          duplicateParagraphLetters += paragraphLetters;
        }
      }
      paragraph = 0;
      paragraphLetters = 0;
    }

    ProseTraits traits() {
      return new ProseTraits(
          characters,
          symbols,
          letters,
          kana,
          kanji,
          sentenceLetters,
          lines,
          duplicateLines,
          duplicateLineLetters,
          paragraphs,
          duplicateParagraphs,
          duplicateParagraphLetters,
          GramTraits.of(proseLetters, letters));
    }
  }
}
