package dev.keizoku.corpus.read.filing.xbrl;

/**
 * An element that states something, as the rules see it that may take it out.
 *
 * @param name without prefix, for instance {@code BusinessRisksTextBlock}
 * @param individual whether its context is that of a large holder who is a person
 */
public record Fact(String name, boolean individual) {
  private static final String BLOCK = "TextBlock";

  /** Whether elements of this name hold a part of a page, with its tables. */
  public static boolean isBlock(String name) {
    return name.endsWith(BLOCK);
  }

  /** Whether a text says of a large holder that it is a person, where an element does so. */
  static boolean isIndividual(String name, String text) {
    return name.equals("IndividualOrCorporation") && text.contains("個人");
  }

  /** {@code jpcrp_cor:BusinessRisksTextBlock} without its prefix. */
  static String localName(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
