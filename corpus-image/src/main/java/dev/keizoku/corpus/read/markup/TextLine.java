package dev.keizoku.corpus.read.markup;

/**
 * A line of a page.
 *
 * @param text cells of a row are separated by tabs
 * @param characters without white space, 1 or more
 * @param linkCharacters how many of them lead elsewhere
 * @param heading level of the heading that it is in, 1 to 6; 0 for none
 * @param marker what a browser shows before it where it begins an item of a list; empty elsewhere
 */
public record TextLine(
    String text, int characters, int linkCharacters, int heading, String marker) {

  /** Share of the characters that lead elsewhere, 0 to 1. */
  public double linkShare() {
    return (double) linkCharacters / characters;
  }

  /** The line as Markdown has it; a marker goes only before words, which have none of their own. */
  public String markdown() {
    boolean words = !text.isEmpty() && Character.isLetter(text.codePointAt(0));
    return (heading > 0 ? "#".repeat(heading) + " " : words ? marker : "") + text;
  }
}
