/**
 * Cleaned documents on local disk between reading and writing, and what is known of them in memory.
 * All that reading and writing share. Of its module it imports {@code clean}, {@code dedup}, {@code
 * read.file}.
 */
package dev.keizoku.corpus.spool;
