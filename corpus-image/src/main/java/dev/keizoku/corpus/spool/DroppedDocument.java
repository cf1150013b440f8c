package dev.keizoku.corpus.spool;

/**
 * A document that is not in the corpus.
 *
 * @param entry where its beginning lies in the spool
 * @param reason the word it is counted under
 * @param original the document that says the same and stays; null where it is no duplicate
 */
public record DroppedDocument(DocumentEntry entry, String reason, DocumentId original) {
  /** Why a document is dropped that was to be taken out; nothing of its text is kept. */
  public static final String REMOVED = "removed";

  private static final int BEGINNING_CHARACTERS = 200;

  /** What is kept of the text of such a document: its first 200 characters. */
  public static String beginning(String text) {
    int end =
        text.offsetByCodePoints(
            0, Math.min(BEGINNING_CHARACTERS, text.codePointCount(0, text.length())));
    return text.substring(0, end);
  }
}
