/**
 * Readers of filings in iXBRL and XBRL. Of its module it imports {@code read.encoding}, {@code
 * read.file}, {@code read.markup}, {@code reject}.
 */
package dev.keizoku.corpus.read.filing;
