/**
 * Cleaned documents on local disk between reading and writing, and what is known of them in memory.
 * All that reading and writing share.
 */
package dev.keizoku.corpus.spool;
