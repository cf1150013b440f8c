package dev.keizoku.corpus.filter;

/**
 * Drops documents that are too short.
 *
 * @param limit shortest document kept, code points
 */
public record MinCharacters(int limit) implements DocumentFilter {
  @Override
  public String reason() {
    return "tooShort";
  }

  @Override
  public boolean keeps(TextTraits text) {
    return text.characters() >= limit;
  }
}
