package dev.keizoku.corpus.filter;

/**
 * Drops documents that are too long.
 *
 * @param limit longest document kept, code points
 */
public record MaxCharacters(int limit) implements DocumentFilter {
  @Override
  public String reason() {
    return "tooLong";
  }

  @Override
  public boolean keeps(TextTraits text) {
    return text.characters() <= limit;
  }
}
