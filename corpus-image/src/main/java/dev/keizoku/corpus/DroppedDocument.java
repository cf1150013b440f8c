package dev.keizoku.corpus;

/**
 * A document that is not in the corpus.
 *
 * @param entry where its beginning lies in the spool
 * @param reason the word it is counted under
 */
record DroppedDocument(DocumentEntry entry, String reason) {}
