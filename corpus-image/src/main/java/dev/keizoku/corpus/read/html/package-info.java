/**
 * Readers of web pages. Of its module it imports {@code read.encoding}, {@code read.file}, {@code
 * read.markup}, {@code reject}.
 */
package dev.keizoku.corpus.read.html;
