package dev.keizoku.page;

/**
 * What stands in a cell of a table.
 *
 * @param text as it is shown; escaped when it is written
 * @param note smaller, behind it; empty for none
 * @param badge {@code better}, {@code worse} or {@code noise} where the text is a judgement; else
 *     empty
 */
public record Cell(String text, String note, String badge) {

  /** Plain text. */
  public static Cell of(String text) {
    return new Cell(text, "", "");
  }

  /** A number that {@link Numbers} made; the minus is a true one. */
  public static Cell number(String number) {
    return of(number.startsWith("-") ? '\u2212' + number.substring(1) : number);
  }

  /** Whole things. */
  public static Cell count(long value) {
    return number(Numbers.count(value));
  }

  /** The same with a note behind it. */
  public Cell noted(String behind) {
    return new Cell(text, behind, badge);
  }

  /** A judgement. */
  public static Cell badge(String text, String kind) {
    return new Cell(text, "", kind);
  }
}
