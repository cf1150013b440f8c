/**
 * Cleaned documents on local disk between reading and writing, and what is known of them in memory.
 * All that reading and writing share. Of its module it imports {@code dedup} and {@code read}.
 */
package dev.keizoku.corpus.spool;
