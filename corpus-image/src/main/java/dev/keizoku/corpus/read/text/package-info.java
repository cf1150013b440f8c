/**
 * Readers of plain text in its kinds: as it is, Aozora Bunko, Markdown, CoNLL-U. Of its module it
 * imports {@code read.encoding}, {@code read.file}, {@code read.markup}, {@code reject}.
 */
package dev.keizoku.corpus.read.text;
