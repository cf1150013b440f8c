/**
 * Filings of EDINET and TDnet as they come: which files make one filing, which form of it is read,
 * what amends what, what the list of documents says. Of its module it imports {@code read.archive},
 * {@code read.encoding}, {@code read.file}, {@code read.filing.xbrl}, {@code read.markup}, {@code
 * read.pdf}, {@code reject}.
 */
package dev.keizoku.corpus.read.filing;
