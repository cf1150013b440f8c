package dev.keizoku.corpus.filter;

/** Drops documents in which more than one character in a hundred was lost on the way. */
public record BrokenCharacters() implements DocumentFilter {
  private static final int ONE_IN = 100;

  @Override
  public String reason() {
    return "brokenCharacters";
  }

  @Override
  public boolean keeps(TextTraits text) {
    return (long) text.broken() * ONE_IN <= text.characters();
  }
}
