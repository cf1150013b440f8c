package dev.keizoku.corpus.read.markup;

/**
 * A line of a page.
 *
 * @param text cells of a row are separated by tabs
 * @param characters without white space, 1 or more
 * @param linkCharacters how many of them lead elsewhere
 * @param bareLetters how many letters and digits do not lead elsewhere
 * @param bareDigits how many digits of these
 * @param heading level of the heading that it is in, 1 to 6; 0 for none
 * @param marker what a browser shows before it where it begins an item of a list; empty elsewhere
 */
public record TextLine(
    String text,
    int characters,
    int linkCharacters,
    int bareLetters,
    int bareDigits,
    int heading,
    String marker) {
  private static final double LINK_LINE = 0.8;

  /** A date has so many at least, {@code 2024.5.9}. */
  private static final int DIGITS_OF_A_DATE = 6;

  /** Titles of news are longer than entries of menus. */
  private static final int LONG_LINK = 12;

  /** Share of the characters that lead elsewhere, 0 to 1. */
  public double linkShare() {
    return (double) linkCharacters / characters;
  }

  /** Whether it only leads elsewhere; a row of data and a dated title do more, however long. */
  public boolean isLink() {
    boolean dated = bareDigits >= DIGITS_OF_A_DATE && linkCharacters >= LONG_LINK;
    return linkShare() >= LINK_LINE && !dated && !(hasCells() && bareLetters > 0);
  }

  /** Whether it is a title that leads elsewhere. */
  public boolean isLongLink() {
    return isLink() && heading == 0 && characters >= LONG_LINK;
  }

  /** Whether it is a row of a table with data. */
  public boolean isRow() {
    return hasCells() && !isLink();
  }

  private boolean hasCells() {
    return text.indexOf('\t') >= 0;
  }

  /** The line, a heading as Markdown has it. */
  String headed() {
    return heading > 0 ? "#".repeat(heading) + " " + text : text;
  }

  /** The line as Markdown has it; a marker goes only before words, which have none of their own. */
  public String markdown() {
    boolean words = !text.isEmpty() && Character.isLetter(text.codePointAt(0));
    return heading == 0 && words ? marker + text : headed();
  }
}
