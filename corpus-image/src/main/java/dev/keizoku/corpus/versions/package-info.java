/**
 * Versions that were built before: their tables, what they held out, and which documents they have
 * already, or nearly. Of its module it imports {@code dedup}, {@code spool}, {@code tokenize}.
 */
package dev.keizoku.corpus.versions;
