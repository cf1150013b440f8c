package dev.keizoku.corpus.paragraph;

import dev.keizoku.corpus.spool.DocumentEntry;

/**
 * A line or paragraph that was taken out of a document.
 *
 * @param rule which one took it: what follows {@link Paragraphs#REMOVED} in the name of its count
 * @param entry the document
 * @param text the line's beginning
 */
public record TakenLine(String rule, DocumentEntry entry, String text) {
  private static final int BEGINNING = 100;

  /** Cuts the line to its length. */
  public TakenLine {
    text = beginning(text);
  }

  /** The first 100 characters of a line. */
  public static String beginning(String line) {
    int characters = Math.min(BEGINNING, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, characters));
  }
}
