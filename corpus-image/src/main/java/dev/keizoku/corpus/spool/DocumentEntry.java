package dev.keizoku.corpus.spool;

import dev.keizoku.corpus.dedup.DuplicateKey;

/**
 * A document that lies in the spool.
 *
 * @param id its name
 * @param key shared by documents that say the same
 * @param source position of its source in the run
 * @param offset of its text in the spool, bytes
 * @param length of it, bytes
 * @param order rises in the order of reading, whatever the number of threads
 * @param characters Unicode code points of the text
 */
public record DocumentEntry(
    DocumentId id,
    DuplicateKey key,
    int source,
    long order,
    long offset,
    int length,
    int characters) {}
