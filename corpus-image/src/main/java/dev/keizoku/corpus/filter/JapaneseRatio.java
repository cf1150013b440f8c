package dev.keizoku.corpus.filter;

/**
 * Drops documents that are not mainly Japanese. Digits and signs do not count: disclosures are full
 * of them.
 *
 * @param least share of Japanese letters among letters, 0 to 1
 */
public record JapaneseRatio(double least) implements DocumentFilter {
  @Override
  public String reason() {
    return "notJapanese";
  }

  @Override
  public boolean keeps(TextTraits text) {
    return text.japaneseRatio() >= least;
  }
}
