package dev.keizoku.corpus.filter;

/** A rule that a document must meet. */
public interface DocumentFilter {

  /** The word that drops are counted under, in camel case. */
  String reason();

  /** Whether the document stays. */
  boolean keeps(TextTraits text);
}
