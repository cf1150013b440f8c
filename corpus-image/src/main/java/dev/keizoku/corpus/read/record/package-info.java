/**
 * Readers of files of records, a document a record. Of its module it imports {@code read.encoding},
 * {@code read.file}, {@code reject}.
 */
package dev.keizoku.corpus.read.record;
